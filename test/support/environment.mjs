import { TestEnvironment } from 'jest-environment-node';

/**
 * Node's environment, and Hardhat for who asks. Hardhat is loaded outside of the sandbox and thereby once a worker, not
 * once a file: loading takes longer than most files' tests.
 */
export default class Environment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.hardhat = () => import('hardhat');
  }
}
