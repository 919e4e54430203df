import { REGISTRIES, compilerOutput } from '../lib/artifacts.js';
import { type GeneratedFiles, json, settle } from '../lib/generated.js';
import { type StorageLayout, bareLayout, requireNamespace } from './storage-layout.js';

/**
 * Where each registry keeps what, in absolute slots: proofs read storage by it, and an upgrade must not move anything.
 * The node's copy is the same data as a module, for proving and verifying without the compiler.
 */
const FOLDER = 'test/snapshots/storage';
const MODULE = 'node/src/kernel/storage-layouts.generated.ts';

const layouts = Object.fromEntries(
  REGISTRIES.map((name) => {
    const { storageLayout } = compilerOutput<{ storageLayout: StorageLayout }>(name);
    requireNamespace(name, storageLayout);
    return [name, bareLayout(storageLayout)];
  }),
);
const snapshots = Object.entries(layouts).map(([name, layout]) => [`${FOLDER}/${name}.json`, json(layout)]);
settle(Object.fromEntries(snapshots) as GeneratedFiles, FOLDER);
settle({
  [MODULE]: [
    "// Written by scripts/snapshots/storage from solc's storage layouts; npm run generate.",
    `export const STORAGE_LAYOUTS = ${JSON.stringify(layouts, null, 2)} as const;`,
    '',
  ].join('\n'),
});
