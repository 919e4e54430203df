import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type BlockRef, IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { chainState } from '../verify/chain-state.js';
import { Freshness } from './freshness.js';
import { OwnChain, type ProvenSlots } from './own-chain.js';
import { type Claim, type ClaimStanding, type Finding, findingsOf } from './portfolio-findings.js';
import { chainAndIndexDiffer, portfolioStale } from './problems.js';
import { Standings } from './standings.js';
import { whileSteady } from './steady.js';

/** Claims of each request that are compared with the chain's own proofs, drawn by chance. */
const PROVEN = 16;

/** Of a whole portfolio, what to look at. */
export interface PortfolioVerdict {
  readonly asOfBlock: BlockRef;
  readonly checked: number;
  /** How many of them were compared with the chain's own proofs. */
  readonly proven: number;
  /** How many have each status, by kind. */
  readonly statuses: Readonly<Record<'ORDER' | 'RECEIVABLE', Readonly<Record<string, number>>>>;
  readonly findings: readonly (Finding & { readonly place: number; readonly id: Hex })[];
}

/**
 * Verifies thousands of claims at once, from this node's index: each row of it came out of logs under headers that were
 * checked when they were indexed. A sample is proven as single verdicts are, so that an index that was tampered with in
 * many rows is found out.
 */
@Injectable()
export class VerifyPortfolio {
  constructor(
    private readonly standings: Standings,
    private readonly chain: OwnChain,
    private readonly freshness: Freshness,
    private readonly head: IndexHead,
  ) {}

  /** Throws PORTFOLIO_STALE, PROOF_UNAVAILABLE, CHAIN_AND_INDEX_DIFFER, IMPLEMENTATION_UNKNOWN. */
  run(claims: readonly Claim[]): Promise<PortfolioVerdict> {
    return whileSteady(this.head, async (head) => {
      const [stale] = await this.freshness.judge(head);
      if (stale) throw portfolioStale(stale.reason.message, { reason: stale.reason.code, ...stale.data });
      const standings = await this.standings.of([...new Set(claims.map(({ id }) => id))]);
      const proven = await this.prove(head, [...standings.values()]);
      const statuses: Record<'ORDER' | 'RECEIVABLE', Record<string, number>> = { ORDER: {}, RECEIVABLE: {} };
      for (const { kind, status } of standings.values()) statuses[kind][status] = (statuses[kind][status] ?? 0) + 1;
      const findings = claims.flatMap((claim, place) =>
        findingsOf(claim, standings.get(claim.id)).map((finding) => ({ place, id: claim.id, ...finding })),
      );
      return { asOfBlock: head, checked: claims.length, proven, statuses, findings };
    });
  }

  private async prove(head: BlockRef, standings: readonly ClaimStanding[]): Promise<number> {
    const onChain = standings.filter((each) => each.kind === 'RECEIVABLE' || each.materialised);
    const sample = onChain.length <= PROVEN ? onChain : drawn(onChain, PROVEN);
    const of = (kind: ClaimStanding['kind']) => sample.filter((each) => each.kind === kind).map(({ id }) => id);
    const proven = await this.chain.prove(head, [
      { contract: 'OrderRegistry', slots: of('ORDER').flatMap((id) => chainState.orderSlots(id)) },
      { contract: 'ReceivableRegistry', slots: of('RECEIVABLE').flatMap((id) => chainState.receivableSlots(id)) },
    ]);
    const wrong = sample.find((standing) => !agrees(standing, proven));
    if (wrong)
      throw chainAndIndexDiffer(`${wrong.id} stands otherwise on chain than in this node's index`, {
        object: wrong.id,
      });
    return sample.length;
  }
}

function agrees(standing: ClaimStanding, proven: ProvenSlots): boolean {
  const { id, status } = standing;
  if (standing.kind === 'ORDER') {
    const state = chainState.readOrder(id, proven.get('OrderRegistry')!);
    const commitment = state.commitment ?? standing.commitment;
    return (
      state.status === status && state.coverVersion === standing.coverVersion && commitment === standing.commitment
    );
  }
  const state = chainState.readReceivable(id, proven.get('ReceivableRegistry')!);
  return (
    state.status === status &&
    state.coverVersion === standing.ownCoverVersion &&
    state.openDisputes === standing.openDisputes &&
    state.commitment === standing.commitment
  );
}

/** `count` different ones; whoever tampers with rows cannot know which. */
function drawn<T>(items: readonly T[], count: number): T[] {
  const places = new Set<number>();
  while (places.size < count) places.add(randomInt(items.length));
  return [...places].map((place) => items[place]!);
}
