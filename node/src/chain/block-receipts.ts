import { type Hex, toHex } from '../kernel/hex.js';
import { inPortions } from '../kernel/portions.js';
import { encodeRlp, rlpQuantity } from '../kernel/rlp.js';
import type { Block } from './block.js';
import type { Log } from './log.js';
import { quantity } from './quantity.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';
import { orderedTrieRoot } from './trie-root.js';

interface RpcReceipt {
  readonly type?: Hex;
  readonly status: Hex;
  readonly cumulativeGasUsed: Hex;
  readonly logsBloom: Hex;
  readonly logs: readonly Log[];
}

/** Blocks whose receipts are asked for in one body; bodies are asked for side by side, since Besu works through one item by item. */
const AT_ONCE = 16;

/**
 * All logs of each block, proven: the receipts that carry them hash to the header's receiptsRoot, so none is left out,
 * changed or made up. Throws NOT_BELIEVED when they do not.
 */
export async function provenLogs(endpoint: RpcEndpoint, blocks: readonly Block[]): Promise<Log[][]> {
  const receipts = await provenReceipts(endpoint, blocks);
  return blocks.map((block, at) =>
    receipts[at]!.flatMap(({ logs }) => logs).map((log, index) => ({ ...log, ...standing(block, index) })),
  );
}

/** Whether each transaction of a block succeeded, in their order, proven likewise. */
export async function provenStatuses(endpoint: RpcEndpoint, block: Block): Promise<boolean[]> {
  const [receipts] = await provenReceipts(endpoint, [block]);
  return receipts!.map(({ status }) => Number(status) === 1);
}

async function provenReceipts(endpoint: RpcEndpoint, blocks: readonly Block[]): Promise<(readonly RpcReceipt[])[]> {
  const bodies = inPortions(blocks, () => 1, { bytes: AT_ONCE });
  const proven = bodies.map(async (some) => {
    const method = 'eth_getBlockReceipts';
    const given = await endpoint.batch(some.map(({ number }) => ({ method, params: [quantity(number)] })));
    return Promise.all(some.map((block, at) => requireProven(endpoint, block, given[at])));
  });
  return (await Promise.all(proven)).flat();
}

async function requireProven(endpoint: RpcEndpoint, block: Block, given: unknown): Promise<readonly RpcReceipt[]> {
  if (given instanceof RpcError) throw given;
  const receipts = given as readonly RpcReceipt[] | null;
  if (!receipts) throw new EndpointError('BEHIND', `has no receipts of block ${block.number}`);
  if (rootOf(receipts, block) !== block.receiptsRoot)
    throw await contradiction(endpoint, block, 'receipts that are not those of its header');
  return receipts;
}

function rootOf(receipts: readonly RpcReceipt[], { number }: Block): Hex {
  try {
    return toHex(orderedTrieRoot(receipts.map(encodeReceipt)));
  } catch {
    throw new EndpointError('MALFORMED', `described receipts of block ${number} that are none`);
  }
}

/** What to make of an endpoint that gave `what` for a block: a reorg while it was read, or a lie. */
export async function contradiction(endpoint: RpcEndpoint, block: Block, what: string): Promise<EndpointError> {
  const now = (await endpoint.request('eth_getBlockByNumber', [quantity(block.number), false])) as { hash: Hex } | null;
  if (now?.hash !== block.hash) return new EndpointError('BEHIND', `block ${block.number} changed while it was read`);
  return new EndpointError('NOT_BELIEVED', `gave for block ${block.number} ${what}`);
}

// Positions are no part of what the root covers: they follow from the order.
function standing({ number, hash }: Block, index: number): Pick<Log, 'blockNumber' | 'blockHash' | 'logIndex'> {
  return { blockNumber: quantity(number), blockHash: hash, logIndex: quantity(index) };
}

function encodeReceipt({ type, status, cumulativeGasUsed, logsBloom, logs }: RpcReceipt): Uint8Array {
  const items = logs.map(({ address, topics, data }) => [address, topics, data]);
  const body = encodeRlp([rlpQuantity(status), rlpQuantity(cumulativeGasUsed), logsBloom, items]);
  const kind = Number(type ?? 0);
  return kind === 0 ? body : Buffer.concat([Buffer.of(kind), body]);
}
