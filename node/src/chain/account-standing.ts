import { type Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { readBlock, type RpcBlock } from './block.js';
import { contradiction, provenStatuses } from './block-receipts.js';
import type { AccountStanding } from './chain-client.js';
import { quantity } from './quantity.js';
import type { Receipt } from './receipt.js';
import type { RpcEndpoint, RpcRequest } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';

type ShownBlock = RpcBlock & { readonly transactions: readonly Hex[] };

interface RpcReceipt {
  readonly transactionHash: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly status: Hex;
  readonly gasUsed: Hex;
}

/**
 * Reads an account's nonce and the receipts of its transactions. A receipt is believed only if its block knows it; that a
 * transaction failed, which ends an accepted write, only if the receipts of its block prove it.
 */
export async function readStanding(
  endpoint: RpcEndpoint,
  account: Address,
  transactions: readonly Hex[],
): Promise<AccountStanding> {
  const requests: RpcRequest[] = transactions.map((tx) => ({ method: 'eth_getTransactionReceipt', params: [tx] }));
  // The nonce comes first: a transaction included in between then counts as pending, not as replaced.
  const nonce = Number(await endpoint.request('eth_getTransactionCount', [account, 'latest']));
  const receipts = (await endpoint.batch(requests)).map((raw, index) => readReceipt(raw, transactions[index]!));
  await assertKnown(endpoint, receipts);
  return { nonce, receipts };
}

function readReceipt(raw: unknown, tx: Hex): Receipt | null {
  if (raw instanceof RpcError) throw raw;
  if (!raw) return null;
  const { transactionHash, blockNumber, blockHash, status, gasUsed } = raw as RpcReceipt;
  if (transactionHash !== tx) throw new EndpointError('NOT_BELIEVED', `gave another transaction's receipt for ${tx}`);
  return { tx, block: Number(blockNumber), blockHash, succeeded: Number(status) === 1, gasUsed: Number(gasUsed) };
}

async function assertKnown(endpoint: RpcEndpoint, receipts: readonly (Receipt | null)[]): Promise<void> {
  const byBlock = new Map<number, Receipt[]>();
  for (const receipt of receipts)
    if (receipt) byBlock.set(receipt.block, [...(byBlock.get(receipt.block) ?? []), receipt]);
  const requests = [...byBlock.keys()].map((block) => ({
    method: 'eth_getBlockByNumber',
    params: [quantity(block), false],
  }));
  const blocks = (await endpoint.batch(requests)) as (ShownBlock | RpcError | null)[];
  for (const [index, [number, held]] of [...byBlock.entries()].entries()) {
    const block = blocks[index];
    if (block instanceof RpcError) throw block;
    // A reorg between the two round trips: asking again settles it.
    if (!block || held.some(({ blockHash }) => blockHash !== block.hash))
      throw new EndpointError('BEHIND', `block ${number} is not the one that receipts of it name`);
    const known = new Set(block.transactions);
    const stranger = held.find(({ tx }) => !known.has(tx));
    if (stranger)
      throw new EndpointError('NOT_BELIEVED', `block ${number} does not hold ${stranger.tx} as its receipt says`);
    if (held.some(({ succeeded }) => !succeeded)) await assertFailed(endpoint, block, held);
  }
}

async function assertFailed(endpoint: RpcEndpoint, shown: ShownBlock, held: readonly Receipt[]): Promise<void> {
  const block = readBlock(shown);
  const succeeded = await provenStatuses(endpoint, block);
  const other = held.find((receipt) => receipt.succeeded !== succeeded[shown.transactions.indexOf(receipt.tx)]);
  if (other) throw await contradiction(endpoint, block, `a failure of ${other.tx} that is not among its receipts`);
}
