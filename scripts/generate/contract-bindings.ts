import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { contractAbis } from './abis.js';
import { renderContractAbis } from './render-abis.js';
import { renderDecoders } from './render-decoders.js';
import { renderErrors } from './render-errors.js';
import { renderEvents } from './render-events.js';

/**
 * Writes what the node knows of the contracts: event types, sliced decoders, functions and errors.
 * Run with `check` it writes nothing and exits 1 when a file is not what the contracts say.
 */
const FILES = {
  'node/src/kernel/contract-events.generated.ts': renderEvents,
  'node/src/kernel/contract-errors.generated.ts': renderErrors,
  'node/src/chain/contract-abis.generated.ts': renderContractAbis,
  'node/src/chain/event-decoders.generated.ts': renderDecoders,
};

const check = process.argv[2] === 'check';
const abis = contractAbis();
let stale = 0;
for (const [path, render] of Object.entries(FILES)) {
  const options = await resolveConfig(path);
  const text = await format(render(abis), { ...options, parser: 'typescript', plugins: [] });
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${path} is not what the contracts say: npm run generate`);
    stale++;
  }
}
process.exitCode = stale ? 1 : 0;
