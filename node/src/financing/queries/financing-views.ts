import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { shortfallOf } from '../domain/shortfall.js';
import { AdvanceableQuery } from './advanceable.js';
import { type FinancingView, toView } from './financing-view.js';
import { type Position, Positions } from './positions.js';

/** Financings as the API shows them to this member. */
@Injectable()
export class FinancingViews {
  constructor(
    private readonly positions: Positions,
    private readonly advanceable: AdvanceableQuery,
    private readonly members: Members,
  ) {}

  /** Throws FINANCING_UNKNOWN. */
  async get(id: Hex): Promise<FinancingView> {
    return this.of(await this.positions.get(id));
  }

  async of(position: Position): Promise<FinancingView> {
    const [names, cover] = await Promise.all([this.members.all(), this.coverOf(position)]);
    const byId = new Map(names.map(({ id, name }) => [id, name]));
    const view = toView(position, cover, (member) => byId.get(member) ?? `member ${member}`);
    return { ...view, shortfall: cover && shortfallView(position, cover) };
  }

  /** Null when nothing may be advanced now, or this member does not know. */
  private async coverOf({ financing: { object, onOrder } }: Position): Promise<Money | null> {
    try {
      return (await this.advanceable.of(object, onOrder)).cover;
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
  }
}

/** An order's cover is already less what is advanced on it; a receivable's is not. */
function shortfallView({ financing, balance }: Position, cover: Money): Money | null {
  if (!balance || financing.onOrder) return null;
  const out = balance.due.principal.minus(balance.applied.principal);
  const short = shortfallOf(out, Rational.parse(cover.amount));
  return short && { amount: short.toFixed(minorUnits(cover.currency)), currency: cover.currency };
}
