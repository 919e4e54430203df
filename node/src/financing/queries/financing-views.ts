import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import type { Watch } from '../domain/watch.js';
import { WatchStore } from '../storage/watch.store.js';
import { AdvanceableQuery } from './advanceable.js';
import { Backing } from './backing.js';
import { type FinancingView, toView } from './financing-view.js';
import { type Position, Positions } from './positions.js';
import { RolledOver } from './rolled-over.js';
import { wordsOf } from './words.js';

/** Financings as the API shows them to this member. */
@Injectable()
export class FinancingViews {
  constructor(
    private readonly positions: Positions,
    private readonly advanceable: AdvanceableQuery,
    private readonly backing: Backing,
    private readonly watches: WatchStore,
    private readonly members: Members,
    private readonly rolled: RolledOver,
  ) {}

  /** Throws FINANCING_UNKNOWN. */
  async get(id: Hex): Promise<FinancingView> {
    return this.of(await this.positions.get(id));
  }

  async of(position: Position): Promise<FinancingView> {
    const [nameOf, cover, shortfall, watch] = await Promise.all([
      this.members.names(),
      this.coverOf(position),
      this.shortfallOf(position),
      this.watches.find(position.financing.id),
    ]);
    const view = toView(position, wordsOf(position), cover, nameOf);
    return { ...view, shortfall, shortfallCauses: shortfall ? toCauses(watch) : [] };
  }

  private async shortfallOf(position: Position): Promise<Money | null> {
    try {
      const short = await this.backing.shortfallOf(position);
      const { currency } = position.financing.offer?.terms.advance ?? position.financing.requested;
      return short && { amount: short.toFixed(minorUnits(currency)), currency };
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }

  /** Null when nothing may be advanced now, or this member does not know. */
  private async coverOf({ financing, status }: Position): Promise<Money | null> {
    try {
      // As an offer is judged: what the order's advance takes off is what the new one pays off.
      const paidOff = AHEAD.includes(status) ? await this.rolled.of(financing) : undefined;
      return (await this.advanceable.of(financing.object, financing.onOrder, paidOff?.financing.object)).cover;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }
}

/** Nothing was paid out on it yet, and may be. */
const AHEAD: readonly string[] = ['REQUESTED', 'UNDER_REVIEW', 'OFFERED'] satisfies Position['status'][];

function toCauses(watch: Watch | undefined): FinancingView['shortfallCauses'] {
  return (watch?.causes ?? []).map((cause) => ({ ...cause }));
}
