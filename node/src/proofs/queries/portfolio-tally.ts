import { randomInt } from 'node:crypto';
import type { Hex } from '../../kernel/hex.js';
import type { PlainOrders } from '../storage/plain-orders.js';
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
  private readonly unknown = new Set<number>();
  private checked = 0;

  /** Places of so many of the claims that are there, each as likely as any other; whoever tampers with rows cannot know which. */
  draw(most: number): number[] {
    const drawn = new Set<number>();
    const there = this.checked - this.unknown.size;
    while (drawn.size < Math.min(most, there)) {
      const place = randomInt(this.checked);
      if (!this.unknown.has(place)) drawn.add(place);
    }
    return [...drawn];
  }

  /** A part of the claims: `plain` are those that need no more, `standings` those of the others that are there. */
  add(claims: readonly Claim[], plain: PlainOrders, standings: ReadonlyMap<Hex, ClaimStanding>): void {
    for (const [status, n] of Object.entries(plain.statuses)) this.count('ORDER', status, n);
    for (const place of plain.others) this.judge(claims[place]!, this.checked + place, standings);
    this.checked += claims.length;
  }

  report(): PortfolioReport {
    const { checked } = this;
    const statuses = {
      ORDER: Object.fromEntries(this.statuses.ORDER),
      RECEIVABLE: Object.fromEntries(this.statuses.RECEIVABLE),
    };
    return { checked, statuses, findings: this.findings };
  }

  private judge(claim: Claim, place: number, standings: ReadonlyMap<Hex, ClaimStanding>): void {
    const { id } = claim;
    const standing = standings.get(id);
    for (const finding of findingsOf(claim, standing)) this.findings.push({ place, id, ...finding });
    if (standing) this.count(standing.kind, standing.status, 1);
    else this.unknown.add(place);
  }

  private count(kind: ClaimStanding['kind'], status: string, n: number): void {
    this.statuses[kind].set(status, (this.statuses[kind].get(status) ?? 0) + n);
  }
}
