import { createHash } from 'node:crypto';
import type { Hex } from '../../kernel/hex.js';
import { toBytes } from '../../kernel/hex.js';
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
  private drawn: { readonly id: Hex; readonly number: string }[] = [];
  private checked = 0;

  /** `secret` decides which claims are drawn: those of the lowest SHA-256 over it and their id. */
  constructor(
    private readonly sampled: number,
    private readonly secret: Buffer,
  ) {}

  /**
   * Ids of some of all claims so far with slots on chain, each as likely as any other; whoever tampers with rows cannot know
   * which.
   */
  get sample(): readonly Hex[] {
    return this.drawn.map(({ id }) => id);
  }

  /** A part of the claims: `plain` are those that need no more, `standings` those of the others that are there. */
  add(claims: readonly Claim[], plain: PlainOrders, standings: ReadonlyMap<Hex, ClaimStanding>): void {
    for (const [status, n] of Object.entries(plain.statuses)) this.count('ORDER', status, n);
    for (const { place, number } of plain.drawn) this.draw(claims[place]!.id, number);
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
    if (!standing) return;
    this.count(standing.kind, standing.status, 1);
    if (standing.kind === 'ORDER' && !standing.materialised) return;
    this.draw(id, createHash('sha256').update(this.secret).update(toBytes(id)).digest('hex'));
  }

  private count(kind: ClaimStanding['kind'], status: string, n: number): void {
    this.statuses[kind].set(status, (this.statuses[kind].get(status) ?? 0) + n);
  }

  private draw(id: Hex, number: string): void {
    this.drawn.push({ id, number });
    if (this.drawn.length <= this.sampled) return;
    this.drawn.sort((a, b) => (a.number < b.number ? -1 : 1));
    this.drawn.length = this.sampled;
  }
}
