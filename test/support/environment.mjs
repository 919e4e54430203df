import { createContext } from 'node:vm';
import { jest } from './jest-globals.mjs';

/** No sandbox: tests run in their worker's own realm. What they change of the process is changed back after each file. */
export default class Environment {
  global = globalThis;
  /** jest's own code asks for one; nothing runs in it. */
  context = createContext();
  before = { env: { ...process.env }, exit: process.exit, console: globalThis.console };

  getVmContext() {
    return this.context;
  }

  async setup() {}

  async teardown() {
    jest.restoreAllMocks();
    for (const name of Object.keys(process.env)) if (!(name in this.before.env)) delete process.env[name];
    Object.assign(process.env, this.before.env);
    process.exit = this.before.exit;
    globalThis.console = this.before.console;
    // Where jest-circus keeps the file's tests, and who is told of them.
    for (const key of Object.getOwnPropertySymbols(globalThis))
      if (['JEST_STATE_SYMBOL', 'EVENT_HANDLERS'].includes(key.description)) delete globalThis[key];
    if (process.env.HARDHAT_COVERAGE === 'true') await saveCoverage();
  }
}

/** Beside what Hardhat's own tests have covered, so that one report tells of both (scripts/coverage.mjs). */
async function saveCoverage() {
  const { markTestWorkerDone } = await import('hardhat/internal/coverage');
  await markTestWorkerDone('solidity');
}
