import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { ContractName } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { readStanding } from './account-standing.js';
import { type Block, readBlock, type RpcBlock } from './block.js';
import { provenLogs } from './block-receipts.js';
import { type AccountStanding, type BlockTag, type CallRequest, ChainClient } from './chain-client.js';
import type { ContractReads } from './contract-abis.generated.js';
import type { Contracts } from './contracts.js';
import type { EndpointPool, EndpointStatus } from './endpoint-pool.js';
import { portions } from './portions.js';
import { quantity } from './quantity.js';
import { type Range, RangeReader } from './range-reader.js';
import { ReceiptMemory } from './receipt-memory.js';
import type { RpcEndpoint, RpcRequest } from './rpc-endpoint.js';
import { EndpointError, RpcError } from './rpc-error.js';
import { readTransactions, type SentTransaction } from './sent-transaction.js';

/**
 * Bytes of calldata that are estimated in one body. Besu runs what stands in a body one after the other: large calls by the
 * dozen would take longer than an endpoint may, each time again.
 */
const ESTIMATED_AT_ONCE = 16_384;

export interface FailoverOptions {
  /**
   * For how long (ms) all endpoints must agree that the chain is shorter than it was before that is believed: a
   * lagging endpoint catches up meanwhile, a chain that lost blocks does not. One that does not answer agrees to nothing.
   */
  readonly patienceMs?: number;
}

/** The real {@link ChainClient}. */
export class FailoverChainClient extends ChainClient {
  private readonly logger = new Logger(FailoverChainClient.name);
  private readonly reader: RangeReader;
  private readonly patienceMs: number;
  private readonly memory = new ReceiptMemory();
  /** Of what was noted, not of what was told: a header costs nothing to make up, and no endpoint would ever come up to it. */
  private highest = -1;
  private shorterSince: number | null = null;

  constructor(
    private readonly pool: EndpointPool,
    private readonly contracts: Contracts,
    options: FailoverOptions = {},
  ) {
    super();
    this.reader = new RangeReader(contracts.addresses(), contracts.address('MemberRegistry'));
    this.patienceMs = options.patienceMs ?? 3_000;
  }

  async head(): Promise<Block> {
    const shorter: Block[] = [];
    try {
      const head = await this.pool.use((endpoint) => this.latest(endpoint, shorter));
      this.shorterSince = null;
      return head;
    } catch (error) {
      // Whoever is not heard may have what the others lack.
      if (shorter.length < this.pool.size) this.shorterSince = null;
      else this.shorterSince ??= performance.now();
      if (this.shorterSince === null || performance.now() - this.shorterSince < this.patienceMs) throw error;
      const best = shorter.reduce((one, other) => (other.number > one.number ? other : one));
      this.logger.warn({ from: this.highest, to: best.number }, 'the chain lost blocks');
      this.highest = best.number;
      this.shorterSince = null;
      return best;
    }
  }

  private latest(endpoint: RpcEndpoint, shorter: Block[]): Promise<Block> {
    return lastBlock(endpoint, this.highest, (block) => shorter.push(block));
  }

  noteSeen(block: number): void {
    this.highest = Math.max(this.highest, block);
  }

  async block(number: number): Promise<Block | null> {
    return this.pool.use(async (endpoint) => {
      const raw = (await endpoint.request('eth_getBlockByNumber', [quantity(number), false])) as RpcBlock | null;
      return raw && readBlock(raw);
    });
  }

  range(from: number, to: number): Promise<Range> {
    return this.pool.use((endpoint) => this.reader.readProven(endpoint, from, to));
  }

  rangeInBulk(from: number, to: number): Promise<Range> {
    return this.pool.use((endpoint) => this.reader.readInBulk(endpoint, from, to));
  }

  rangeOf(block: Block): Promise<Range> {
    return this.pool.use((endpoint) => this.reader.proven(endpoint, [block]));
  }

  standing(account: Address, transactions: readonly Hex[]): Promise<AccountStanding> {
    return this.pool.use(async (endpoint) => {
      const standing = await readStanding(endpoint, account, transactions);
      for (const receipt of standing.receipts) if (receipt) this.memory.hold(endpoint, receipt);
      return standing;
    });
  }

  transactions(hashes: readonly Hex[]): Promise<(SentTransaction | null)[]> {
    return this.pool.use((endpoint) => readTransactions(endpoint, hashes));
  }

  async estimate(calls: readonly CallRequest[]): Promise<(number | RpcError)[]> {
    const results: unknown[] = [];
    for (const some of portions(calls, ESTIMATED_AT_ONCE))
      results.push(...(await this.batch(some.map((call) => ({ method: 'eth_estimateGas', params: [call] })))));
    return results.map((result) => (result instanceof RpcError ? result : Number(result)));
  }

  async send(raw: readonly Hex[]): Promise<(RpcError | null)[]> {
    const results = await this.batch(raw.map((one) => ({ method: 'eth_sendRawTransaction', params: [one] })));
    return results.map((result) => (result instanceof RpcError ? result : null));
  }

  async call(call: CallRequest, at: BlockTag = 'latest'): Promise<Hex> {
    return (await this.pool.use((endpoint) => endpoint.request('eth_call', [call, blockParameter(at)]))) as Hex;
  }

  async read<C extends ContractName, F extends keyof ContractReads[C] & string>(
    contract: C,
    fn: F,
    args: ContractReads[C][F] extends { args: infer A } ? A : never,
    at: BlockTag = 'latest',
  ): Promise<ContractReads[C][F] extends { result: infer R } ? R : never> {
    const result = await this.call(this.contracts.encodeCall(contract, fn, args as readonly unknown[]), at);
    return this.contracts.decodeResult(contract, fn, result) as never;
  }

  batch(requests: readonly RpcRequest[]): Promise<unknown[]> {
    return this.pool.use((endpoint) => endpoint.batch(requests));
  }

  tryIdleEndpoints(): Promise<void> {
    return this.pool.tryIdle((endpoint) => this.tryOut(endpoint));
  }

  /** The last block, no older than what was known before, and its receipts. One that lags has as long as any to catch up. */
  private async tryOut(endpoint: RpcEndpoint): Promise<void> {
    const [least, until] = [this.highest, performance.now() + this.patienceMs];
    for (;;) {
      try {
        await provenLogs(endpoint, [await lastBlock(endpoint, least)]);
        return;
      } catch (error) {
        if (error instanceof RpcError) throw new EndpointError('MALFORMED', `refuses ${error.message}`);
        if (!(error instanceof EndpointError && error.fault === 'BEHIND') || performance.now() > until) throw error;
        await sleep(this.patienceMs / 10);
      }
    }
  }

  status(): EndpointStatus[] {
    return this.pool.status();
  }
}

/** Throws BEHIND when it is before `least`; `onShorter` is told of it. */
async function lastBlock(endpoint: RpcEndpoint, least: number, onShorter?: (block: Block) => void): Promise<Block> {
  const raw = (await endpoint.request('eth_getBlockByNumber', ['latest', false])) as RpcBlock | null;
  // Besu, for an instant while it imports one.
  if (raw === null) throw new EndpointError('BEHIND', 'shows no last block at this moment');
  const block = readBlock(raw);
  if (block.number >= least) return block;
  onShorter?.(block);
  throw new EndpointError('BEHIND', `is at block ${block.number}, the chain was at ${least}`);
}

function blockParameter(at: BlockTag): unknown {
  if (at === 'latest') return at;
  return typeof at === 'number' ? quantity(at) : { blockHash: at };
}

/** Tells an endpoint of this deployment's chain: by the chain id, and by a registry's domain, which no other chain has. */
export function identifier(
  chainId: number,
  registry: Contracts,
  domain: Hex,
): (endpoint: RpcEndpoint) => Promise<void> {
  const probe = registry.encodeCall('OrderRegistry', 'domainSeparator', []);
  return async (endpoint) => {
    const given = Number(await endpoint.request('eth_chainId'));
    if (given !== chainId) throw new EndpointError('WRONG_CHAIN', `has chain id ${given}, not ${chainId}`);
    const found = await endpoint.request('eth_call', [probe, 'latest']).catch((error: unknown) => {
      if (error instanceof RpcError) return error.message;
      throw error;
    });
    if (found !== domain) throw new EndpointError('WRONG_CHAIN', `does not have this deployment's registries`);
  };
}
