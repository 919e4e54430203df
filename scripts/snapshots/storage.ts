import { REGISTRIES, compilerOutput } from '../lib/artifacts.js';
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
settle(Object.fromEntries(layouts) as GeneratedFiles, FOLDER);
