/**
 * Everything in the repository that a program wrote, in the order in which it must be made. Each script writes its
 * files when run with `generate` and, with `check`, fails when they are not what it would write.
 */
export const GENERATORS = [
  { name: 'contracts to deploy', script: 'dist/scripts/generate/contracts.js' },
  { name: 'contract bindings', script: 'dist/scripts/generate/contract-bindings.js' },
  { name: 'contract size', script: 'dist/scripts/snapshots/size.js' },
  { name: 'contract ABIs', script: 'dist/scripts/snapshots/abi.js' },
  { name: 'contract storage', script: 'dist/scripts/snapshots/storage.js' },
  { name: 'contract gas', script: 'dist/scripts/snapshots/gas.js' },
  { name: 'storage layouts for proofs', script: 'dist/scripts/generate/storage-layouts.js' },
  { name: 'schemas of proofs', script: 'dist/scripts/generate/proof-schemas.js' },
  { name: 'list of decisions', script: 'dist/scripts/generate/decisions.js' },
  { name: 'list of errors', script: 'dist/scripts/generate/errors.js' },
  { name: 'state tables', script: 'dist/scripts/generate/states.js' },
  { name: 'list of settings', script: 'dist/scripts/generate/configuration.js' },
  { name: 'table of access', script: 'dist/scripts/generate/access.js' },
  { name: 'OpenAPI document', script: 'dist/scripts/generate/openapi.js' },
];
