import { randomInt } from 'node:crypto';
import type { Hex } from '../../kernel/hex.js';
import { type Claim, type ClaimStanding, type Finding, findingsOf } from './portfolio-findings.js';

type Statuses = Readonly<Record<string, number>>;

/** What was found of the claims so far. */
export interface PortfolioReport {
  readonly checked: number;
  /** How many claims have each status, by kind. */
  readonly statuses: { readonly ORDER: Statuses; readonly RECEIVABLE: Statuses };
  /** `place` counts the claims from 0. */
  readonly findings: readonly (Finding & { readonly place: number; readonly id: Hex })[];
}

/** Adds up claims part by part, and draws some of them by chance. */
export class PortfolioTally {
  private readonly statuses = { ORDER: new Map<string, number>(), RECEIVABLE: new Map<string, number>() };
  private readonly findings: PortfolioReport['findings'][number][] = [];
  private readonly drawn: ClaimStanding[] = [];
  private checked = 0;
  private provable = 0;

  constructor(private readonly sampled: number) {}

  /** Those of all claims so far with slots on chain, each as likely as any other; whoever tampers with rows cannot know which. */
  get sample(): readonly ClaimStanding[] {
    return this.drawn;
  }

  /** `standings` are those of these claims that are there. */
  add(claims: readonly Claim[], standings: ReadonlyMap<Hex, ClaimStanding>): void {
    for (const claim of claims) {
      const standing = standings.get(claim.id);
      const place = this.checked++;
      for (const finding of findingsOf(claim, standing)) this.findings.push({ place, id: claim.id, ...finding });
      if (standing) this.count(standing);
    }
  }

  report(): PortfolioReport {
    const { checked, findings } = this;
    const statuses = {
      ORDER: Object.fromEntries(this.statuses.ORDER),
      RECEIVABLE: Object.fromEntries(this.statuses.RECEIVABLE),
    };
    return { checked, statuses, findings };
  }

  private count(standing: ClaimStanding): void {
    const { kind, status } = standing;
    this.statuses[kind].set(status, (this.statuses[kind].get(status) ?? 0) + 1);
    if (kind === 'ORDER' && !standing.materialised) return;
    // Reservoir sampling: the n-th takes a place with the chance of sampled / n.
    const place = this.provable < this.sampled ? this.provable : randomInt(this.provable + 1);
    this.provable++;
    if (place < this.sampled) this.drawn[place] = standing;
  }
}
