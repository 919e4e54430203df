import { type Hex, isHex } from '../kernel/hex.js';
import { type Block, readBlock, type RpcBlock } from './block.js';
import { contradiction, provenLogs } from './block-receipts.js';
import { type BloomBits, bloomBits, mayContain } from './bloom.js';
import type { Log } from './log.js';
import { quantity } from './quantity.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';

/** Blocks in a row and the logs of the watched accounts in them, in the chain's order. */
export interface Range {
  readonly blocks: readonly Block[];
  readonly logs: readonly Log[];
}

/** Up to so many blocks are proven by their receipts; more at once, and logs are asked for by address. */
const PROVEN_BLOCKS = 4;

/**
 * Reads ranges for one list of accounts and believes little: each header must hash to its hash and link to the one
 * before, each log must stand in one of these blocks and in its bloom. A block whose bloom names a watched account, but
 * for which no log came or one is missing in between, is proven by its receipts. In a long range the *last* watched
 * logs of a block that has others could be kept back unnoticed; within {@link PROVEN_BLOCKS} of the head nothing can.
 */
export class RangeReader {
  private readonly accounts: ReadonlyMap<Hex, BloomBits>;
  private readonly topics = new Map<Hex, BloomBits>();

  constructor(private readonly addresses: readonly Hex[]) {
    this.accounts = new Map(addresses.map((address) => [address, bloomBits(address)]));
  }

  /** Both ends included. Throws EndpointError for what cannot be believed, RpcError when the range is too large. */
  async read(endpoint: RpcEndpoint, from: number, to: number): Promise<Range> {
    if (to - from < PROVEN_BLOCKS) return this.proven(endpoint, await readBlocks(endpoint, from, to));
    const filter = { fromBlock: quantity(from), toBlock: quantity(to), address: this.addresses };
    const logs = endpoint.request('eth_getLogs', [filter]) as Promise<Log[]>;
    logs.catch(() => undefined);
    // First: of an endpoint that lags the blocks say so, while Besu calls the filter invalid.
    const blocks = await readBlocks(endpoint, from, to);
    return { blocks, logs: ofTransactions(await this.checked(endpoint, blocks, await logs)) };
  }

  /** Of blocks that link, each block's logs proven by its receipts. Throws EndpointError for what cannot be believed. */
  async proven(endpoint: RpcEndpoint, blocks: readonly Block[]): Promise<Range> {
    const logs = await Promise.all(
      blocks.map(async (block) => (this.mayConcern(block) ? this.prove(endpoint, block) : [])),
    );
    return { blocks, logs: ofTransactions(logs.flat()) };
  }

  private async prove(endpoint: RpcEndpoint, block: Block): Promise<Log[]> {
    return (await provenLogs(endpoint, block)).filter(({ address }) => this.accounts.has(address));
  }

  private mayConcern({ logsBloom }: Block): boolean {
    for (const bits of this.accounts.values()) if (mayContain(logsBloom, bits)) return true;
    return false;
  }

  /** The logs, where they can be believed as they are; those of doubtful blocks proven instead. */
  private async checked(endpoint: RpcEndpoint, blocks: readonly Block[], logs: readonly Log[]): Promise<Log[]> {
    const sound: Log[][] = [];
    let at = 0;
    for (const block of blocks) {
      const start = at;
      let whole = true;
      for (; at < logs.length && logs[at]!.blockHash === block.hash; at++) {
        this.check(block, logs[at]!, at > start ? logs[at - 1] : undefined);
        whole &&= Number(logs[at]!.logIndex) === at - start;
      }
      const doubtful = !whole || (at === start && this.mayConcern(block));
      sound.push(doubtful ? await this.compare(endpoint, block, logs.slice(start, at)) : logs.slice(start, at));
    }
    const left = logs[at];
    const block = left && blocks[Number(left.blockNumber) - blocks[0]!.number];
    if (block) throw await contradiction(endpoint, block, 'a log that stands in no block asked for');
    if (left) throw new EndpointError('NOT_BELIEVED', `gave a log of block ${Number(left.blockNumber)}, not asked for`);
    return sound.flat();
  }

  private check({ number, logsBloom }: Block, { address, topics }: Log, before: Log | undefined): void {
    // The same kind of event again, which is what most blocks hold.
    if (address === before?.address && topics[0] === before.topics[0]) return;
    const account = this.accounts.get(address);
    const topic = topics[0];
    if (!account || !mayContain(logsBloom, account) || (topic && !mayContain(logsBloom, this.bitsOf(topic))))
      throw new EndpointError('NOT_BELIEVED', `a log of block ${number} is not in its bloom`);
  }

  private async compare(endpoint: RpcEndpoint, block: Block, given: readonly Log[]): Promise<Log[]> {
    const proven = await this.prove(endpoint, block);
    if (proven.length !== given.length)
      throw new EndpointError('NOT_BELIEVED', `gave ${given.length} of ${proven.length} logs of block ${block.number}`);
    return proven;
  }

  private bitsOf(topic: Hex): BloomBits {
    let bits = this.topics.get(topic);
    if (!bits) this.topics.set(topic, (bits = bloomBits(topic)));
    return bits;
  }
}

/** No root that is looked at covers which transaction a log is of: that it names one is all that can be told. */
function ofTransactions(logs: readonly Log[]): readonly Log[] {
  let last: Hex | undefined;
  for (const { transactionHash } of logs) {
    if (transactionHash === last) continue;
    if (!isHex(transactionHash, 32)) throw new EndpointError('MALFORMED', 'gave a log that is of no transaction');
    last = transactionHash;
  }
  return logs;
}

/** Headers of a range, each linked to the one before. Throws BEHIND when the endpoint has not all of them. */
async function readBlocks(endpoint: RpcEndpoint, from: number, to: number): Promise<Block[]> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const requests = numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [quantity(number), false] }));
  const blocks = (await endpoint.batch(requests)).map((raw, index) => {
    if (raw instanceof RpcError) throw raw;
    if (raw === null) throw new EndpointError('BEHIND', `has no block ${numbers[index]}`);
    const block = readBlock(raw as RpcBlock);
    if (block.number !== numbers[index])
      throw new EndpointError('NOT_BELIEVED', `gave block ${block.number} for another`);
    return block;
  });
  blocks.forEach((block, index) => {
    // A reorg between two round trips looks the same: asking again settles it.
    if (index && block.parentHash !== blocks[index - 1]!.hash)
      throw new EndpointError('BEHIND', `block ${block.number} does not follow block ${block.number - 1}`);
  });
  return blocks;
}
