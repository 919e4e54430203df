import { format, resolveConfig } from 'prettier';
import { settle } from '../lib/generated.js';
import { contractAbis } from './abis.js';
import { renderContractAbis } from './render-abis.js';
import { renderDecoders } from './render-decoders.js';
import { renderErrors } from './render-errors.js';
import { renderEvents } from './render-events.js';

/** What the node knows of the contracts: event types, sliced decoders, functions and errors. */
const FILES = {
  'node/src/kernel/contract-events.generated.ts': renderEvents,
  'node/src/kernel/contract-errors.generated.ts': renderErrors,
  'node/src/chain/contract-abis.generated.ts': renderContractAbis,
  'node/src/chain/event-decoders.generated.ts': renderDecoders,
};

const abis = contractAbis();
const rendered = Object.entries(FILES).map(async ([path, render]) => {
  const options = await resolveConfig(path);
  return [path, await format(render(abis), { ...options, parser: 'typescript', plugins: [] })] as const;
});
settle(Object.fromEntries(await Promise.all(rendered)));
