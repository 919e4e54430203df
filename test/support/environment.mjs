import { TestEnvironment } from 'jest-environment-node';

/**
 * Node's environment, and Hardhat for who asks. Hardhat is loaded outside of the sandbox and thereby once a worker, not
 * once a file: loading takes longer than most files' tests.
 */
export default class Environment extends TestEnvironment {
  asked = false;

  async setup() {
    await super.setup();
    this.global.hardhat = () => ((this.asked = true), import('hardhat'));
  }

  async teardown() {
    if (this.asked && process.env.HARDHAT_COVERAGE === 'true') await saveCoverage();
    await super.teardown();
  }
}

/** Beside what Hardhat's own tests have covered, so that one report tells of both (scripts/coverage.mjs). */
async function saveCoverage() {
  const { markTestWorkerDone } = await import('hardhat/internal/coverage');
  await markTestWorkerDone('solidity');
}
