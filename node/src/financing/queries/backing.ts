import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { type Receivable, Covers, Receivables } from '../../receivables/index.js';
import { bearsAdvances } from '../../receivables/domain/cover/claim.js';
import type { Cover } from '../../receivables/domain/cover/cover.js';
import { compareEvents } from '../../receivables/domain/event-ref.js';
import { shortfallOf } from '../domain/shortfall.js';
import { isOut } from '../domain/states.js';
import { FinancingStore } from '../storage/financing.store.js';
import { OrderValues } from './order-values.js';
import { type Position, Positions, repaidIn } from './positions.js';

/** What stands behind an advance that is out, or about to be. */
@Injectable()
export class Backing {
  constructor(
    private readonly receivables: Receivables,
    private readonly covers: Covers,
    private readonly orderValues: OrderValues,
    private readonly store: FinancingStore,
    private readonly positions: Positions,
    private readonly config: Config,
  ) {}

  /**
   * By how much principal that is out, or agreed to and reserved, exceeds the cover now; null when it does not. Throws
   * COVER_NOT_SHOWN, ORDER_VALUE_UNKNOWN when the documents that decide it are not here.
   */
  async shortfallOf(position: Position): Promise<Rational | null> {
    const out = principalOut(position);
    if (out.sign <= 0) return null;
    const { object, onOrder } = position.financing;
    if (onOrder) return shortfallOf(out, await this.ofOrder(object));
    // One cover for both: a payment that came between two would lower the second alone.
    const { cover } = await this.covers.of(await this.receivables.get(object));
    return shortfallOf(lessUnrecorded(position, out, cover), cover.amount);
  }

  /** What is not delivered yet at the policy's rate, and the cover of what was invoiced, less what is out on that itself. */
  private async ofOrder(order: Hex): Promise<Rational> {
    // Before what was invoiced: a claim that is confirmed meanwhile counts in both rather than in neither.
    const undelivered = await this.orderValues.undelivered(order);
    const born = await this.receivables.bornFrom([order]);
    // Parts of splits are others' claims.
    const confirmed = born.filter(
      ({ confirmed, status, parent }) => confirmed && status !== 'VOID' && bearsAdvances(status) && parent === null,
    );
    const covers = await Promise.all(confirmed.map((receivable) => this.coverFor(order, receivable)));
    const financings = await this.store.of(confirmed.map(({ id }) => id));
    const positions = await Promise.all(financings.map((financing) => this.positions.of(financing)));
    const elsewhere = Rational.sum(positions.map(principalOut));
    const early = undelivered.value.times(Rational.of(this.config.orderAdvanceBps)).over(Rational.of(10_000));
    return early.floor(undelivered.minorDigits).plus(Rational.sum(covers)).minus(elsewhere);
  }

  /** A receivable's cover as the order's own lender sees it: what it advanced on the order is not taken off. */
  private async coverFor(order: Hex, receivable: Receivable): Promise<Rational> {
    const { cover } = await this.covers.of(receivable);
    const advanced = cover.terms
      .filter(({ kind, events }) => kind === 'ORDER_ADVANCE' && events.some(({ object }) => object === order))
      .map(({ amount }) => amount);
    return cover.amount.minus(Rational.sum(advanced));
  }
}

/** A payment that came to the lender lowers the cover at once, and the advance when the lender records its repayment. */
function lessUnrecorded({ encumbrance, repayments }: Position, out: Rational, { terms }: Cover): Rational {
  const since = encumbrance?.acknowledged;
  if (!since) return out;
  const paid = terms
    .filter(({ kind, events }) => kind === 'PAYMENT' && events.every((event) => compareEvents(event, since) > 0))
    .map(({ amount }) => amount);
  const unrecorded = Rational.ZERO.minus(Rational.sum(paid)).minus(repaidIn(repayments));
  return out.minus(Rational.max(Rational.ZERO, unrecorded));
}

/** Principal that is out, or agreed to and reserved. */
export function principalOut({ status, financing, balance }: Position): Rational {
  if (status === 'AGREED') return Rational.parse(financing.offer!.terms.advance.amount);
  if (!isOut(status) || !balance) return Rational.ZERO;
  return balance.due.principal.minus(balance.applied.principal);
}

/** Whether the failure says only that documents are not here yet. */
export function isNotShown(error: unknown): boolean {
  return error instanceof Problem && ['COVER_NOT_SHOWN', 'ORDER_VALUE_UNKNOWN'].includes(error.code);
}
