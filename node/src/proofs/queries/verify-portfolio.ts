import { Injectable } from '@nestjs/common';
import type { BlockRef } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type PlainOrders, PlainOrderStore } from '../storage/plain-orders.js';
import { chainState } from '../verify/chain-state.js';
import { isLive } from '../verify/judge-encumbrance.js';
import { Freshness } from './freshness.js';
import { OwnChain, type ProvenSlots } from './own-chain.js';
import type { Bearing, Claim, ClaimStanding } from './portfolio-findings.js';
import { type PortfolioReport, PortfolioTally } from './portfolio-tally.js';
import { chainAndIndexDiffer, portfolioStale } from './problems.js';
import { bearersOf, bearingOf, Standings } from './standings.js';
import { SteadyIndex } from './steady.js';
import { Viewer } from './viewer.js';

/** Claims looked up at a time: other requests have their turn in between. */
const A_TURN = 2_000;
/** Parts that the database looks up at once, on connections of their own. */
const AT_ONCE = 2;
/** Claims of each request that are compared with the chain's own proofs, drawn by chance. */
const PROVEN = 16;

/** Of a whole portfolio, what to look at. */
export interface PortfolioVerdict extends PortfolioReport {
  readonly asOfBlock: BlockRef;
  /** How many claims were compared with the chain's own proofs. */
  readonly proven: number;
}

interface Looked {
  readonly part: readonly Claim[];
  readonly plain: PlainOrders;
  readonly standings: ReadonlyMap<Hex, ClaimStanding>;
}

/**
 * Verifies thousands of claims at once, from this node's index: each row of it came out of logs under headers that were
 * checked when they were indexed. A sample is proven as single verdicts are, so that an index that was tampered with in
 * many rows is found out.
 */
@Injectable()
export class VerifyPortfolio {
  constructor(
    private readonly plain: PlainOrderStore,
    private readonly standings: Standings,
    private readonly chain: OwnChain,
    private readonly freshness: Freshness,
    private readonly steady: SteadyIndex,
    private readonly viewer: Viewer,
  ) {}

  /** Throws PORTFOLIO_STALE, PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  run(claims: readonly Claim[]): Promise<PortfolioVerdict> {
    return this.steady.read(async (asOfBlock) => {
      const [stale] = await this.freshness.judge(asOfBlock);
      if (stale) throw portfolioStale(stale.reason.message, { reason: stale.reason.code, ...stale.data });
      const tally = new PortfolioTally();
      for (let at = 0; at < claims.length; at += AT_ONCE * A_TURN) {
        const parts = Array.from({ length: AT_ONCE }, (_, i) => claims.slice(at + i * A_TURN, at + (i + 1) * A_TURN));
        const looked = parts.filter((part) => part.length > 0).map((part) => this.lookAt(part));
        for (const { part, plain, standings } of await Promise.all(looked)) tally.add(part, plain, standings);
      }
      const drawn = tally.draw(PROVEN).map((place) => claims[place]!.id);
      const sample = await this.standings.of([...new Set(drawn)]);
      await this.prove(asOfBlock, [...sample.values()]);
      return { asOfBlock, proven: drawn.length, ...tally.report() };
    });
  }

  private async lookAt(part: readonly Claim[]): Promise<Looked> {
    const plain = await this.plain.among(part);
    const others = plain.others.map((place) => part[place]!.id);
    const standings = others.length > 0 ? await this.standings.of([...new Set(others)]) : new Map<Hex, ClaimStanding>();
    return { part, plain, standings };
  }

  private async prove(head: BlockRef, sample: readonly ClaimStanding[]): Promise<void> {
    const proven = await this.chain.prove(head, [
      { contract: 'OrderRegistry', slots: sample.flatMap(ordersOf).flatMap((order) => chainState.orderSlots(order)) },
      {
        contract: 'ReceivableRegistry',
        slots: [
          ...sample.flatMap(receivableSlots),
          ...sample.flatMap(bearersOf).flatMap((object) => chainState.encumbranceSlots(object)),
        ],
      },
    ]);
    const wrong = sample.find((standing) => !agrees(standing, proven) || !this.bears(standing, head, proven));
    if (!wrong) return;
    throw chainAndIndexDiffer(`${wrong.id} stands otherwise on chain than in this node's index`, { object: wrong.id });
  }

  /** Whether it is whose the index has it. */
  private bears(standing: ClaimStanding, { timestamp }: BlockRef, proven: ProvenSlots): boolean {
    const owners = bearersOf(standing).map((object): Bearing | undefined => {
      const encumbrance = chainState.readEncumbrance(object, proven.get('ReceivableRegistry')!);
      if (!isLive(encumbrance, timestamp)) return undefined;
      return this.viewer.accountsOn([object]).has(encumbrance.lender) ? 'OWN' : 'OTHER';
    });
    return bearingOf(owners) === standing.bearing;
  }
}

/** Itself, or those that it was born from. */
const ordersOf = (standing: ClaimStanding): readonly Hex[] =>
  standing.kind === 'ORDER' ? [standing.id] : standing.orders;

function receivableSlots(standing: ClaimStanding): Hex[] {
  const { id } = standing;
  if (standing.kind === 'ORDER') return [];
  return [...chainState.receivableSlots(id), ...chainState.birthSlots(id, standing.orders.length)];
}

function agrees(standing: ClaimStanding, proven: ProvenSlots): boolean {
  const { id, status, commitment, coverVersion } = standing;
  if (standing.kind === 'ORDER') {
    const state = chainState.readOrder(id, proven.get('OrderRegistry')!);
    // It stands by its batch alone: whatever happened to it by itself left a record.
    if (!standing.materialised) return state.status === null;
    // An order keeps no slot for the commitment of version 1: its id commits to it.
    const same = state.commitment === null || state.commitment === commitment;
    return (
      same &&
      state.status === status &&
      state.framework === (standing.type === 'FRAMEWORK') &&
      state.coverVersion === coverVersion &&
      state.encumberedDescendants === standing.encumberedDescendants
    );
  }
  const slots = proven.get('ReceivableRegistry')!;
  const state = chainState.readReceivable(id, slots);
  const orders = standing.orders.map((order) => chainState.readOrder(order, proven.get('OrderRegistry')!));
  return (
    chainState.readBirth(id, standing.orders.length, slots)?.join() === standing.orders.join() &&
    state.status === status &&
    orders.map((order) => order.status).join() === standing.orderStatuses.join() &&
    state.coverVersion === standing.ownCoverVersion &&
    orders.reduce((sum, order) => sum + order.coverVersion, state.coverVersion) === coverVersion &&
    state.openDisputes === standing.openDisputes &&
    state.marks.join() === standing.marks.join() &&
    state.commitment === commitment
  );
}
