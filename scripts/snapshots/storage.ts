import { REGISTRIES } from '../deploy/artifacts.js';
import { type DeployedName, compilerOutput } from '../lib/artifacts.js';
import { type GeneratedFiles, json, settle } from '../lib/generated.js';
import { type StorageLayout, bareLayout, requireNamespace } from './storage-layout.js';

/**
 * Where each registry keeps what, in absolute slots: proofs read storage by it, and an upgrade must not move anything.
 */
const FOLDER = 'test/snapshots/storage';

const layouts = REGISTRIES.map((name) => {
  const { storageLayout } = compilerOutput<{ storageLayout: StorageLayout }>(name);
  requireNamespace(name, storageLayout);
  return [`${FOLDER}/${name}.json`, json(bareLayout(storageLayout))];
});
const layoutOf = (name: DeployedName) =>
  json(bareLayout(compilerOutput<{ storageLayout: StorageLayout }>(name).storageLayout));
if (layoutOf('ReceivableAnnex') !== layoutOf('ReceivableRegistry')) {
  process.stderr.write('ReceivableAnnex runs on the storage of ReceivableRegistry and lays it out otherwise\n');
  process.exitCode = 1;
}
settle(Object.fromEntries(layouts) as GeneratedFiles, FOLDER);
