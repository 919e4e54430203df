/**
 * jest, but Node itself loads what tests import, once a worker (docs/adr/0086). A test's suffix says what it needs: `.spec`
 * nothing, `.integration.spec` a database or an EVM, `.e2e.spec` a consortium.
 */
export default {
  testEnvironment: '<rootDir>/test/support/environment.mjs',
  runtime: '<rootDir>/test/support/runtime.mjs',
  roots: ['<rootDir>/node/src', '<rootDir>/scripts', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  transform: {},
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  // What files leave behind in modules stays as long as their worker: one that outgrows this starts anew.
  workerIdleMemoryLimit: '1200MB',
  // For hooks too. Ends what hangs: nobody waits for it on a quiet machine, and a busy one takes many times as long.
  testTimeout: 300_000,
};
