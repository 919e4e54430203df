import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { Members } from '../../members/index.js';
import { type Receivable, Covers, Receivables, refOf, type SaidPayment, Statements } from '../../receivables/index.js';
import { bearsAdvances } from '../../receivables/domain/cover/claim.js';
import type { Cover } from '../../receivables/domain/cover/cover.js';
import { shareOfOrder } from '../../receivables/domain/cover/order-share.js';
import { compareEvents, type EventRef } from '../../receivables/domain/event-ref.js';
import type { Financing } from '../domain/financing.js';
import { shortfallOf } from '../domain/shortfall.js';
import { isOut } from '../domain/states.js';
import { FinancingStore } from '../storage/financing.store.js';
import { OrderValues } from './order-values.js';
import { type Position, Positions, repaidIn } from './positions.js';

/** What a receivable can bear of what was advanced on its order. */
interface Bearing {
  readonly receivable: Hex;
  readonly left: Rational;
}

/** What stands behind an advance that is out, or about to be. */
@Injectable()
export class Backing {
  constructor(
    private readonly receivables: Receivables,
    private readonly covers: Covers,
    private readonly orderValues: OrderValues,
    private readonly store: FinancingStore,
    private readonly positions: Positions,
    private readonly statements: Statements,
    private readonly members: Members,
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
    if (onOrder) return shortfallOf(out, await this.ofOrder(position.financing));
    // One cover for both: a payment that came between two would lower the second alone.
    const receivable = await this.receivables.get(object);
    const { cover } = await this.covers.of(receivable);
    const since = position.encumbrance?.acknowledged;
    const came = since ? await this.cameToLender(receivable, position, since) : [];
    return shortfallOf(lessUnrecorded(position, out, cover, came), cover.amount);
  }

  /**
   * Payments whose acknowledgement says that the lender has the money: paid to itself, or claimed once it was the one to pay. It also
   * acknowledges what its holder was paid before, which frees the obligor and brings the lender nothing.
   */
  private async cameToLender(about: Receivable, { financing }: Position, since: EventRef): Promise<SaidPayment[]> {
    const payments = (await this.statements.payments(about)).filter(
      ({ acknowledged }) => acknowledged && isAfter(refOf('PaymentAcknowledged', about.id, acknowledged), since),
    );
    if (payments.length === 0) return [];
    const { name } = await this.members.byId(financing.lender);
    return payments.filter(
      ({ at, fields }) => fields?.get('/paidTo') === name || isAfter(refOf('PaymentClaimed', about.id, at), since),
    );
  }

  /** What is not delivered yet at the policy's rate, and the cover of what was invoiced, less what is out on that itself. */
  private async ofOrder(financing: Financing): Promise<Rational> {
    const order = financing.object;
    // Before what was invoiced: a claim that is confirmed meanwhile counts in both rather than in neither.
    const undelivered = await this.orderValues.undelivered(order);
    const born = await this.receivables.bornFrom([order]);
    // Parts of splits are others' claims.
    const confirmed = born.filter(
      ({ confirmed, status, parent }) => confirmed && status !== 'VOID' && bearsAdvances(status) && parent === null,
    );
    const covers = await Promise.all(
      confirmed.map((receivable) => this.coverFor(financing, receivable, undelivered.currency)),
    );
    const bearing = covers.filter((each) => each !== undefined);
    const financings = await this.store.of(bearing.map(({ receivable }) => receivable));
    const positions = await Promise.all(financings.map((financing) => this.positions.of(financing)));
    const elsewhere = Rational.sum(positions.map(principalOut));
    const early = undelivered.value.times(Rational.of(this.config.orderAdvanceBps)).over(Rational.of(10_000));
    return early
      .floor(undelivered.minorDigits)
      .plus(Rational.sum(bearing.map(({ left }) => left)))
      .minus(elsewhere);
  }

  /**
   * A receivable's cover as the order's own lender sees it: what it advanced on the order is not taken off. Where another lender has a
   * claim on another of its orders, the order's own share of it, since the rest backs what that one advanced, however much that is: by
   * the chain alone, so that holder and lender come to one figure (rule 9). Undefined for one in another currency, which pays back
   * nothing of it: 10,000 JPY are no 10,000 EUR.
   */
  private async coverFor(financing: Financing, about: Receivable, owedIn: string): Promise<Bearing | undefined> {
    const { cover, currency, minorDigits } = await this.covers.of(about);
    if (currency !== owedIn) return undefined;
    const { object: order } = financing;
    if (await this.sharesWithAnother(financing, about)) {
      const whole = cover.amount.minus(advanced(cover, () => true));
      const share = shareOfOrder(order, about.orders, cover);
      return { receivable: about.id, left: whole.times(share).floor(minorDigits) };
    }
    return { receivable: about.id, left: cover.amount.minus(advanced(cover, (object) => object === order)) };
  }

  /** Whether another lender than the financing's has a claim on another of the receivable's orders. */
  private async sharesWithAnother({ object, lender }: Financing, { orders }: Receivable): Promise<boolean> {
    const others = orders.filter((order) => order !== object);
    const running = await this.receivables.encumbrancesOn(others);
    if (running.length === 0) return false;
    const own = (await this.store.of(others)).filter((each) => each.lender === lender);
    const accounts = new Set<Hex | undefined>(own.map(({ offer }) => offer?.certificate.account));
    return running.some((encumbrance) => !accounts.has(encumbrance.lender));
  }
}

/** What a cover was changed by for what is out on such of its orders: 0 or less. */
const advanced = ({ terms }: Cover, on: (order: Hex) => boolean): Rational =>
  Rational.sum(
    terms
      .filter(({ kind, events }) => kind === 'ORDER_ADVANCE' && events.some(({ object }) => on(object)))
      .map(({ amount }) => amount),
  );

/** A payment that came to the lender lowers the cover at once, and the advance when the lender records its repayment. */
function lessUnrecorded(
  { repayments }: Position,
  out: Rational,
  { terms }: Cover,
  came: readonly SaidPayment[],
): Rational {
  const paid = terms
    .filter(({ kind, events }) => kind === 'PAYMENT' && events.every((event) => came.some((each) => isOf(each, event))))
    .map(({ amount }) => amount);
  const unrecorded = Rational.ZERO.minus(Rational.sum(paid)).minus(repaidIn(repayments));
  return out.minus(Rational.max(Rational.ZERO, unrecorded));
}

const isAfter = (event: EventRef, since: EventRef): boolean => compareEvents(event, since) > 0;

const isOf = ({ acknowledged }: SaidPayment, { block, logIndex }: EventRef): boolean =>
  acknowledged?.block === block && acknowledged.log === logIndex;

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
