import { Injectable, Logger } from '@nestjs/common';
import { ChainClient, Contracts, type Receipt, RpcError } from '../chain/index.js';
import { Rewinds, SENT_AGAIN_WITHIN } from '../events/index.js';
import { IndexHead } from '../indexer/index.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { ProblemRecord } from '../kernel/problem.js';
import { LaneLedger } from './lane-ledger.js';
import { type CallInFlight, type InBlock, OutboxStore, type SettledCall } from './outbox-store.js';
import { transactionReverted } from './problems.js';
import { Sender } from './sender.js';
import { UnknownNonces } from './unknown-nonces.js';

/** Seconds after which what is in no block is sent once more: it may have been dropped, or lost with a chain's last blocks. */
const SEND_AGAIN_AFTER = 4;

/**
 * Seconds for which a nonce must be counted and its transaction in no block before another is believed to have taken it:
 * several machines behind one address do not know the same blocks, and what is numbered anew could be included twice.
 */
const REPLACED_AFTER = 8;

/** Seconds after which a receipt is believed although the index has nothing of its transaction: of which one a log is, no root says. */
const BELIEVED_AFTER = 60;

/** How often one submission is numbered anew because its transaction reverted on a chain that had lost what it rests on. */
const MOST_REVERTS = 5;

/** How many of what has to be sent again are tried at a time. */
const TRIED = 200;

/** How many are compared with the chain at a time after a rewind. */
const COMPARED = 50;

/** How many nonces that nobody here knows of are filled at a time. */
const FILLED = 500;

/** A gap of more than this many is not filled. */
const MOST_FILLED = 10_000;

/** Finds out what became of what a lane has sent. The caller holds the lane's lock. */
@Injectable()
export class Follower {
  private readonly logger = new Logger(Follower.name);
  /** Transactions whose nonce is counted and which are in no block, and since when (ms). */
  private readonly missing = new Map<Hex, number>();

  /** Transactions that are said to be included in an indexed block in which nothing of them is, and since when (ms). */
  private readonly doubted = new Map<Hex, number>();
  /** Lanes whose first nonce in flight the chain is nowhere near, and since when (ms). */
  private readonly nowhere = new Map<Address, number>();

  /** How often submissions were numbered anew after a revert, by id. */
  private readonly reverts = new Map<string, number>();

  constructor(
    private readonly store: OutboxStore,
    private readonly chain: ChainClient,
    private readonly contracts: Contracts,
    private readonly sender: Sender,
    private readonly rewinds: Rewinds,
    private readonly head: IndexHead,
    private readonly ledger: LaneLedger,
    private readonly nonces: UnknownNonces,
  ) {}

  /** Rejects when no endpoint answers. */
  async follow(account: Address): Promise<void> {
    const inFlight = await this.store.inFlight(account);
    if (inFlight.length === 0) return;
    const { nonce } = await this.chain.standing(account, []);
    const counted = inFlight.filter((call) => call.nonce < nonce);
    if (counted.length > 0) await this.settle(account, counted);
    const again = inFlight.filter((call) => call.nonce >= nonce && call.sinceSent >= SEND_AGAIN_AFTER);
    if (again.length === 0) return;
    const { nonce: first } = again[0]!;
    if (await this.isNowhereNear(account, nonce, first)) return this.numberAnew(account, first, inFlight);
    this.nowhere.delete(account);
    await this.fillGap(account, nonce, first);
    const ready = await this.sendable(account, again);
    await this.sender.broadcast(await this.store.signed(ready.map(({ id }) => id)));
  }

  /**
   * Those that can be sent now. What the chain took back it may have to take after what another member has to send
   * again: sent before that, it would be included and revert, and an accepted write be lost.
   */
  private async sendable(account: Address, calls: readonly CallInFlight[]): Promise<readonly CallInFlight[]> {
    const takenBack = ({ sinceSent }: CallInFlight) => sinceSent === Number.POSITIVE_INFINITY;
    const recent = await this.rewinds.recent();
    if (!recent && !calls.some(takenBack)) return calls;
    const some = calls.slice(0, TRIED);
    const requests = await Promise.all(some.map(({ id }) => this.store.callOf(id)));
    const results = await this.chain.estimate(requests.map((request) => ({ from: account, ...request })));
    const early = some.findIndex((call, i) => {
      const result = results[i]!;
      const refused = typeof result !== 'number' && result.reverted;
      return refused && (recent || takenBack(call)) && call.open < SENT_AGAIN_WITHIN;
    });
    return early < 0 ? some : some.slice(0, early);
  }

  /** After the chain took blocks back: what no longer ended as it did is in flight again. */
  async rewind(account: Address): Promise<void> {
    const lost = await this.store.takeBackLost(account);
    if (lost > 0)
      this.logger.warn({ account, count: lost }, 'the chain has other blocks than those that had transactions');
    let below = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const some = await this.store.settledBelow(account, below, COMPARED);
      if (some.length === 0) return;
      const { receipts } = await this.chain.standing(account, txsOf(some));
      const moved = some.filter((call, index) => !stands(call, receipts[index]!));
      if (moved.length > 0) {
        this.logger.warn({ account, count: moved.length }, 'the chain took transactions back');
        await this.store.takeBack(moved.map(({ id }) => id));
      }
      // What came before one that stands, stands.
      const oldest = some.at(-1)!;
      if (moved.at(-1) !== oldest) return;
      below = oldest.nonce;
    }
  }

  /** The chain counts the nonces of these: each is included, or another transaction took its nonce. */
  private async settle(account: Address, calls: readonly CallInFlight[]): Promise<void> {
    const { receipts } = await this.chain.standing(account, txsOf(calls));
    const included: SaidIncluded[] = [];
    for (const [index, { id, tx }] of calls.entries()) {
      const receipt = receipts[index];
      if (receipt) this.missing.delete(tx);
      if (receipt?.succeeded) included.push({ ...receipt, id, tx });
    }
    if (included.length > 0) await this.include(account, included);
    for (const [index, call] of calls.entries()) {
      const receipt = receipts[index];
      if (!receipt) await this.replaced(call, account);
      else if (!receipt.succeeded) await this.reverted(call, receipt, account);
    }
  }

  private async include(account: Address, said: readonly SaidIncluded[]): Promise<void> {
    const { number } = this.head.current();
    const included = await this.store.include(said);
    const doubted = said.filter(({ id, block }) => block <= number && !included.has(id));
    for (const { id, tx } of said) if (included.has(id)) this.doubted.delete(tx);
    if (doubted.length === 0) return;
    const facts = { account, count: doubted.length };
    this.logger.warn(facts, 'said to be included in blocks in which the index has nothing of them');
    const now = performance.now();
    for (const { tx } of doubted) if (!this.doubted.has(tx)) this.doubted.set(tx, now);
    const long = doubted.filter(({ tx }) => now - this.doubted.get(tx)! >= BELIEVED_AFTER * 1000);
    if (long.length > 0) await this.store.include(long, { believed: true });
    for (const { tx } of long) this.doubted.delete(tx);
  }

  /**
   * It was simulated before it was sent: either another came first, or the chain lost what it rests on. Then it is numbered
   * anew, since the chain may have that again. What it rests on was indexed here, so once this node has indexed the block
   * of the revert it knows of the loss.
   */
  private async reverted(call: CallInFlight, receipt: Receipt, account: Address): Promise<void> {
    if (!(await this.store.hasIndexed(receipt)) || (await this.store.includeIndexed(call))) return;
    const { id } = call;
    const reverts = this.reverts.get(id) ?? 0;
    if (reverts < MOST_REVERTS && (await this.mayStand(id, account))) {
      this.reverts.set(id, reverts + 1);
      this.logger.warn({ account, submission: id }, 'reverted on a chain that had changed: numbering anew');
      return this.store.requeue(call);
    }
    this.reverts.delete(id);
    await this.store.revert(call, receipt, await this.reason(id, receipt, account));
  }

  private async mayStand(id: string, account: Address): Promise<boolean> {
    const [result] = await this.chain.estimate([{ from: account, ...(await this.store.callOf(id)) }]);
    return typeof result === 'number' || (await this.sender.unsettled());
  }

  /** Why it reverted, as its call replayed on the block of its inclusion tells. */
  private async reason(id: string, receipt: Receipt, from: Address): Promise<ProblemRecord> {
    const { to, data } = await this.store.callOf(id);
    try {
      await this.chain.call({ from, to, data }, receipt.block);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const problem = error.revertData ? this.contracts.problem(error.revertData) : null;
      if (problem) return problem.toRecord();
    }
    return transactionReverted('the transaction was included and reverted').toRecord();
  }

  /**
   * Asked at each look for a while, since an endpoint may know the count of a block before its receipts. It may also have no
   * receipts, or keep them back: what the index has was included, and what it has not is numbered anew only where the index has
   * the very block in which the nonce is counted, with all of its events.
   */
  private async replaced(call: CallInFlight, account: Address): Promise<void> {
    const { nonce, receipts } = await this.chain.standing(account, [call.tx]);
    if (receipts[0] || call.nonce >= nonce) {
      this.missing.delete(call.tx);
      return;
    }
    const since = this.missing.get(call.tx) ?? performance.now();
    this.missing.set(call.tx, since);
    if (performance.now() - since < REPLACED_AFTER * 1000) return;
    const head = this.head.current();
    const count = await this.nonces.countAt(account, head.hash);
    if (count === undefined || call.nonce >= count) return;
    this.missing.delete(call.tx);
    if (await this.store.includeIndexed(call)) return;
    // It may have gone back meanwhile.
    if (!(await this.store.hasIndexed({ block: head.number, blockHash: head.hash }))) return;
    this.logger.warn({ account, nonce: call.nonce }, 'another transaction took the nonce: numbering anew');
    await this.ledger.lostNonce(call);
  }

  /** Whether so many nonces are missing before `to` as never were: an endpoint counted wrongly when that was signed. */
  private async isNowhereNear(account: Address, from: number, to: number): Promise<boolean> {
    if (to - from <= MOST_FILLED) return false;
    return (await this.store.unusedNonces(account, from, from + FILLED)).length === FILLED;
  }

  /** An endpoint may count too little for a while, and what is in the index is on the chain whatever it counts. */
  private async numberAnew(account: Address, first: number, inFlight: readonly CallInFlight[]): Promise<void> {
    const since = this.nowhere.get(account) ?? performance.now();
    this.nowhere.set(account, since);
    if (performance.now() - since < REPLACED_AFTER * 1000) return;
    const count = await this.nonces.countAt(account, this.head.current().hash);
    if (count === undefined || first - count <= MOST_FILLED) return;
    this.nowhere.delete(account);
    this.logger.warn({ account, first }, 'signed with nonces that the chain is nowhere near: numbering anew');
    for (const call of inFlight)
      if (call.nonce >= first && !(await this.store.includeIndexed(call))) await this.store.requeue(call);
  }

  /**
   * The chain waits for nonces that this outbox knows nothing of: transactions of a database since restored, or made with
   * the key elsewhere, that the chain lost. Nothing after them could ever be included, so those that come next are filled
   * with nothing.
   */
  private async fillGap(account: Address, from: number, to: number): Promise<void> {
    if (from >= to) return;
    const unused = await this.store.unusedNonces(account, from, Math.min(to, from + FILLED));
    if (unused.length === 0) return;
    this.logger.warn({ account, nonces: unused.length, first: unused[0] }, 'filling nonces that were lost');
    await this.sender.sendNothing(account, unused);
  }
}

/** What an endpoint says was included. */
type SaidIncluded = InBlock & { readonly id: string; readonly tx: Hex };

function stands(call: SettledCall, receipt: Receipt | null): boolean {
  return receipt !== null && receipt.block === call.block && receipt.succeeded === call.succeeded;
}

function txsOf(calls: readonly { readonly tx: Receipt['tx'] }[]): Receipt['tx'][] {
  return calls.map(({ tx }) => tx);
}
