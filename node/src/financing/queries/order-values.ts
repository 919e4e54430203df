import { Injectable } from '@nestjs/common';
import type { DocumentPlace } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { Orders } from '../../orders/index.js';
import { CommittedFields, coverNotShown, Receivables, Statements, Undertakings } from '../../receivables/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { amountIn, isDate, isMoney } from '../../receivables/domain/documents/figures.js';
import { isOfPrepayment, prepaidOn } from '../../receivables/domain/documents/prepaid.js';
import type { Receivable } from '../../receivables/domain/receivable.js';
import { orderValueUnknown } from '../domain/problems.js';

/** An order's value as far as nothing was claimed on it yet; nothing once it has ended, as nothing more is delivered on it. Never below 0. */
export interface Undelivered {
  readonly value: Rational;
  readonly currency: string;
  readonly minorDigits: number;
  /** ISO date by which it is to be delivered, if the order says one. */
  readonly deliverUntil?: string;
  /** A claim on it in another currency than its own: what is left beside that nobody can say, and counts as nothing. */
  readonly foreign?: { readonly receivable: Hex; readonly currency: string };
}

/** What the obligor undertook to pay on an invoice. */
type Claimed = Pick<Money, 'currency'> & {
  readonly receivable: Hex;
  readonly amount: Rational;
  /** What it had paid before the invoice. */
  readonly prepaid: Rational;
  /** What it paid on an invoice of a prepayment, which others say as `prepaid` again. */
  readonly inAdvance: Rational;
};

/** What orders are worth before delivery, from the documents that this member has or was shown. */
@Injectable()
export class OrderValues {
  constructor(
    private readonly orders: Orders,
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly statements: Statements,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * Its accepted version's value less what is claimed on it, while it is ACCEPTED: both sides completing it say that nothing more is
   * to be delivered, and need no lender for that. What was delivered and is invoiced only after that counts once its claim is
   * confirmed. Throws ORDER_VALUE_UNKNOWN, COVER_NOT_SHOWN when documents are not here.
   */
  async undelivered(order: Hex): Promise<Undelivered> {
    const { commitment, status } = await this.orders.get(order);
    const fields = (await this.fields.of([{ root: commitment, object: order }])).get(commitment);
    const [amount, currency] = [fields?.get('/amount'), fields?.get('/currency')];
    if (!amount || !currency) throw orderValueUnknown('its amount or currency is not known here', { order });
    if (!isMoney(amount, currency)) throw orderValueUnknown('its amount cannot be read', { order });
    const claims = status === 'ACCEPTED' ? await this.claimsOn(order) : [];
    const foreign = claims.find((claim) => claim.currency !== currency);
    const left = status === 'ACCEPTED' && !foreign ? Rational.parse(amount).minus(claimedBy(claims)) : Rational.ZERO;
    // A claim of several orders may be more than one of them is worth.
    const value = Rational.max(Rational.ZERO, left).floor(minorUnits(currency));
    const until = fields?.get('/deliverUntil');
    const deliverUntil = until !== undefined && isDate(until) ? until : undefined;
    return { value, currency, minorDigits: minorUnits(currency), deliverUntil, foreign };
  }

  /**
   * What obligors undertook to pay, whether paid since or not, on receivables born from the order, and what they had paid on them
   * before: that much of it is invoiced and no longer an order's to finance. A receivable of several orders counts in full against each.
   */
  private async claimsOn(order: Hex): Promise<Claimed[]> {
    const born = await this.receivables.bornFrom([order]);
    // Parts of splits stand within their whole.
    const confirmed = born.filter((each) => each.confirmed && each.status !== 'VOID' && each.parent === null);
    return Promise.all(confirmed.map((each) => this.claimOf(each)));
  }

  private async claimOf(receivable: Receivable): Promise<Claimed> {
    const { id, commitment, confirmation } = receivable;
    const terms = await this.undertakings.of(receivable);
    const invoice = (await this.fields.of([{ root: commitment, object: id }])).get(commitment);
    const [amount, owedIn] = terms
      ? [terms.amount, terms.currency]
      : ['/amount', '/currency'].map((p) => invoice?.get(p));
    const prepaid = invoice && (await this.prepaidOn(invoice, { root: commitment, object: id }));
    if (!amount || !owedIn || !prepaid || !isMoney(amount, owedIn)) {
      const commitments = [commitment, ...(confirmation ? [confirmation] : [])];
      throw coverNotShown('a receivable born from the order is not shown', { receivable: id, commitments });
    }
    const undertaken = Rational.parse(amount);
    const inAdvance = isOfPrepayment(invoice) ? await this.paidOn(receivable, undertaken, owedIn) : Rational.ZERO;
    return { receivable: id, amount: undertaken, currency: owedIn, prepaid, inAdvance };
  }

  private async prepaidOn(invoice: DocumentFields, place: DocumentPlace): Promise<Rational | undefined> {
    return prepaidOn(invoice) ?? prepaidOn(invoice, await this.fields.hasInFull(place));
  }

  /** Acknowledged payments that are shown here, at most what was undertaken: one that is not may be of any amount, and counts as none. */
  private async paidOn(receivable: Receivable, undertaken: Rational, currency: string): Promise<Rational> {
    const payments = (await this.statements.payments(receivable)).filter(({ acknowledged }) => acknowledged !== null);
    const amounts = payments.map(({ fields }) => Rational.parse(amountIn(fields, currency) ?? '0'));
    return Rational.min(undertaken, Rational.sum(amounts));
  }
}

/**
 * What was claimed by invoices in all. A prepayment that was invoiced itself is claimed by that invoice, and said again as `prepaid` by
 * those that it is taken off: it counts once.
 */
function claimedBy(claims: readonly Claimed[]): Rational {
  const sumOf = (each: (claim: Claimed) => Rational): Rational => Rational.sum(claims.map(each));
  const notInvoiced = sumOf(({ prepaid }) => prepaid).minus(sumOf(({ inAdvance }) => inAdvance));
  return sumOf(({ amount }) => amount).plus(Rational.max(Rational.ZERO, notInvoiced));
}
