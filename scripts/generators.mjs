/**
 * Everything in the repository that a program wrote, in the order in which it must be made. Each script writes its
 * files when run with `generate` and, with `check`, fails when they are not what it would write.
 */
export const GENERATORS = [{ name: 'contract bindings', script: 'dist/scripts/generate/contract-bindings.js' }];
