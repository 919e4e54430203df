import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { ChainClient, RpcError, type SentTransaction } from '../chain/index.js';
import { IndexHead } from '../indexer/index.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { type IndexedTransaction, LaneLedger, type WaitingCall } from './lane-ledger.js';
import { OutboxStore } from './outbox-store.js';

/** How many events are read at a time. */
const EVENTS = 5000;

/** How many transactions are asked for at a time. */
const ASKED = 50;

/**
 * Nonces that the chain counts and the ledger does not know: the database was restored, or lost its last commits with its
 * primary; or the key is used elsewhere. What waits here may have been sent with them, and the contracts take some acts
 * twice: so each is compared with what the chain has before it is given another nonce.
 */
@Injectable()
export class UnknownNonces implements OnModuleDestroy {
  private readonly logger = new Logger(UnknownNonces.name);
  private stopped = false;

  constructor(
    private readonly ledger: LaneLedger,
    private readonly store: OutboxStore,
    private readonly chain: ChainClient,
    private readonly head: IndexHead,
  ) {}

  onModuleDestroy(): void {
    this.stopped = true;
  }

  /** Whether the ledger knows all that an endpoint counts of the account. */
  async areKnown(account: Address, counted: number): Promise<boolean> {
    return counted <= (await this.ledger.known(account));
  }

  /**
   * Compares all that waits with the chain. False when the lane must wait: for the index, or for what became of what is in
   * flight. The caller holds the lane's lock.
   */
  async learn(account: Address, counted: number): Promise<boolean> {
    const { number, hash } = this.head.current();
    const indexed = await this.countAt(account, hash);
    // What the index lacks yet may be any that waits.
    if (indexed === undefined || indexed < counted) return false;
    // What lost its nonce to another goes back to those that wait.
    if (await this.ledger.hasInFlightBelow(account, indexed)) return false;
    await this.compare(account, number);
    // It may have gone back meanwhile.
    if (!(await this.store.hasIndexed({ block: number, blockHash: hash }))) return false;
    await this.ledger.know(account, indexed);
    return true;
  }

  /** Takes for sent what waits and has an effect in the index already: each call of the registries emits an event. */
  private async compare(account: Address, to: number): Promise<void> {
    const waiting = await this.ledger.waiting(account);
    const byCall = new Map<Hex, WaitingCall[]>();
    for (const one of waiting) byCall.set(one.call, [...(byCall.get(one.call) ?? []), one]);
    const from = waiting.reduce((first, { notBefore }) => Math.min(first, notBefore), to + 1);
    let left = waiting.length;
    for await (const { block, transaction } of this.transactions(from, to)) {
      if (transaction.from !== account) continue;
      const same = byCall.get(callOf(transaction)) ?? [];
      const at = same.findIndex(({ notBefore }) => notBefore <= block);
      if (at < 0 || !(await this.ledger.adopt(same[at]!.id, transaction))) continue;
      same.splice(at, 1);
      if (--left === 0) break;
    }
    if (left === waiting.length) return;
    const facts = { account, sent: waiting.length - left, notSent: left };
    this.logger.warn(facts, 'what waits in a lane was sent already, as the chain shows: this database was restored');
  }

  /** Those of which the index has events in these blocks, both included, in their order. */
  private async *transactions(
    from: number,
    to: number,
  ): AsyncGenerator<{ readonly block: number; readonly transaction: SentTransaction }> {
    let after: Omit<IndexedTransaction, 'tx'> = { block: from, logIndex: -1 };
    for (;;) {
      const events = await this.ledger.indexed(after, to, EVENTS);
      if (events.length === 0) return;
      after = events.at(-1)!;
      const blocks = new Map(events.map(({ tx, block }) => [tx, block]));
      const hashes = [...blocks.keys()];
      for (let at = 0; at < hashes.length; at += ASKED) {
        if (this.stopped) throw new Error('the process stops');
        for (const transaction of await this.chain.transactions(hashes.slice(at, at + ASKED)))
          if (transaction) yield { block: blocks.get(transaction.hash)!, transaction };
      }
    }
  }

  /** What is counted as of the block with this hash; undefined while the endpoint has not that block. */
  async countAt(account: Address, block: Hex): Promise<number | undefined> {
    const params = [account, { blockHash: block }];
    const [count] = await this.chain.batch([{ method: 'eth_getTransactionCount', params }]);
    return count instanceof RpcError ? undefined : Number(count);
  }
}

const callOf = ({ to, data }: SentTransaction): Hex =>
  toHex(createHash('sha256').update(toBytes(to)).update(toBytes(data)).digest());
