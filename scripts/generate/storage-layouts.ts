import { readFileSync } from 'node:fs';
import { REGISTRIES } from '../deploy/artifacts.js';
import { settle } from '../lib/generated.js';

/** The checked storage snapshots as a module that the pure verifier can import. */
const layouts = REGISTRIES.map((name) => {
  const layout = JSON.parse(readFileSync(`test/snapshots/storage/${name}.json`, 'utf8')) as unknown;
  return `  ${name}: ${JSON.stringify(layout)},`;
});
settle({
  'node/src/proofs/verify/storage-layouts.generated.ts': [
    '// Written by scripts/generate/storage-layouts.ts from test/snapshots/storage; do not edit.',
    "import type { StorageLayout } from './storage-layout.js';",
    '',
    'export const STORAGE_LAYOUTS = {',
    ...layouts,
    '} as const satisfies Record<string, StorageLayout>;',
    '',
  ].join('\n'),
});
