import { randomInt } from 'node:crypto';
import { type Hex, isHex } from '../kernel/hex.js';
import { type Block, readBlock, type RpcBlock } from './block.js';
import { contradiction, provenLogs } from './block-receipts.js';
import { type BloomBits, bloomBits, isSparse, mayContain } from './bloom.js';
import type { Log } from './log.js';
import { quantity } from './quantity.js';
import type { RpcEndpoint } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';

/** Blocks in a row and the logs of the watched accounts in them, in the chain's order. */
export interface Range {
  readonly blocks: readonly Block[];
  readonly logs: readonly Log[];
}

/** In a backlog one block of so many is proven for no reason at all; proving each would take half as long again. */
const SAMPLED = 100;

/**
 * Reads ranges for one list of accounts and believes little: each header must hash to its hash and link to the one
 * before, and each log be in receipts that hash to the header's receiptsRoot ({@link readProven}).
 *
 * In a backlog ({@link readInBulk}) each log must stand in one of these blocks and in its bloom, by account and kind. By
 * their receipts are proven those blocks whose bloom names a watched account, but for which no log came or one is
 * missing in between; those in which members or their keys changed; and one in {@link SAMPLED} of the others. Elsewhere
 * what a log says, the last ones of a block and whether there are more of them are as told.
 */
export class RangeReader {
  private readonly accounts: ReadonlyMap<Hex, BloomBits>;
  private readonly topics = new Map<Hex, BloomBits>();

  /** `members` is the one of `addresses` whose logs are always proven: on the keys that it lists rests all else. */
  constructor(
    private readonly addresses: readonly Hex[],
    private readonly members: Hex,
  ) {
    this.accounts = new Map(addresses.map((address) => [address, bloomBits(address)]));
  }

  /** Both ends included. Throws EndpointError for what cannot be believed. */
  async readProven(endpoint: RpcEndpoint, from: number, to: number): Promise<Range> {
    return this.proven(endpoint, await readBlocks(endpoint, from, to));
  }

  /** The same by fewer bytes. Throws RpcError when the range is too large. */
  async readInBulk(endpoint: RpcEndpoint, from: number, to: number): Promise<Range> {
    const filter = { fromBlock: quantity(from), toBlock: quantity(to), address: this.addresses };
    const logs = endpoint.request('eth_getLogs', [filter]) as Promise<Log[]>;
    logs.catch(() => undefined);
    // First: of an endpoint that lags the blocks say so, while Besu calls the filter invalid.
    const blocks = await readBlocks(endpoint, from, to);
    return { blocks, logs: ofTransactions(await this.checked(endpoint, blocks, await logs)) };
  }

  /** Of blocks that link, each block's logs proven by its receipts. Throws EndpointError for what cannot be believed. */
  async proven(endpoint: RpcEndpoint, blocks: readonly Block[]): Promise<Range> {
    const concerned = blocks.filter((block) => this.mayConcern(block));
    return { blocks, logs: ofTransactions((await this.prove(endpoint, concerned)).flat()) };
  }

  private async prove(endpoint: RpcEndpoint, blocks: readonly Block[]): Promise<Log[][]> {
    const logs = await provenLogs(endpoint, blocks);
    return logs.map((some) => some.filter(({ address }) => this.accounts.has(address)));
  }

  private mayConcern({ logsBloom }: Block): boolean {
    for (const bits of this.accounts.values()) if (mayContain(logsBloom, bits)) return true;
    return false;
  }

  /** The logs, where they can be believed as they are; those of doubtful blocks proven instead. */
  private async checked(endpoint: RpcEndpoint, blocks: readonly Block[], logs: readonly Log[]): Promise<Log[]> {
    const found: (readonly Log[])[] = [];
    const doubtful: number[] = [];
    let at = 0;
    for (const [place, block] of blocks.entries()) {
      const start = at;
      let whole = true;
      for (; at < logs.length && logs[at]!.blockHash === block.hash; at++) {
        this.check(block, logs[at]!, at > start ? logs[at - 1] : undefined);
        whole &&= Number(logs[at]!.logIndex) === at - start;
      }
      const some = logs.slice(start, at);
      if (!whole || this.isDoubtful(block, some)) doubtful.push(place);
      found.push(some);
    }
    const left = logs[at];
    const block = left && blocks[Number(left.blockNumber) - blocks[0]!.number];
    if (block) throw await contradiction(endpoint, block, 'a log that stands in no block asked for');
    if (left) throw new EndpointError('NOT_BELIEVED', `gave a log of block ${Number(left.blockNumber)}, not asked for`);
    const proven = await this.prove(
      endpoint,
      doubtful.map((place) => blocks[place]!),
    );
    for (const [index, place] of doubtful.entries()) {
      requireSame(blocks[place]!, found[place]!, proven[index]!);
      found[place] = proven[index]!;
    }
    return found.flat();
  }

  /** A bloom in which most bits are set names everybody: there only members' logs that came are a reason. */
  private isDoubtful(block: Block, given: readonly Log[]): boolean {
    if (!given.length) return this.mayConcern(block);
    if (randomInt(SAMPLED) === 0) return true;
    if (!mayContain(block.logsBloom, this.accounts.get(this.members)!)) return false;
    return isSparse(block.logsBloom) || given.some(({ address }) => address === this.members);
  }

  private check({ number, logsBloom }: Block, { address, topics }: Log, before: Log | undefined): void {
    // The same kind of event again, which is what most blocks hold.
    if (address === before?.address && topics[0] === before.topics[0]) return;
    const account = this.accounts.get(address);
    const topic = topics[0];
    if (!account || !mayContain(logsBloom, account) || (topic && !mayContain(logsBloom, this.bitsOf(topic))))
      throw new EndpointError('NOT_BELIEVED', `a log of block ${number} is not in its bloom`);
  }

  private bitsOf(topic: Hex): BloomBits {
    let bits = this.topics.get(topic);
    if (!bits) this.topics.set(topic, (bits = bloomBits(topic)));
    return bits;
  }
}

function requireSame({ number }: Block, given: readonly Log[], proven: readonly Log[]): void {
  if (proven.length !== given.length)
    throw new EndpointError('NOT_BELIEVED', `gave ${given.length} of ${proven.length} logs of block ${number}`);
  if (!given.every((log, index) => isSame(log, proven[index]!)))
    throw new EndpointError('NOT_BELIEVED', `gave a log of block ${number} that is not in its receipts`);
}

function isSame(one: Log, other: Log): boolean {
  const { address, topics, data, logIndex } = one;
  const place = Number(logIndex) === Number(other.logIndex);
  return place && address === other.address && data === other.data && topics.join() === other.topics.join();
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
