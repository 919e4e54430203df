import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { currencyMismatch, minorUnits, type Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { type Order, Orders } from '../../orders/index.js';
import { CommittedFields, coverNotShown, Covers, Receivables, Undertakings } from '../../receivables/index.js';
import { isMoney } from '../../receivables/domain/documents/figures.js';
import type { Receivable } from '../../receivables/domain/receivable.js';
import { orderCover } from '../domain/order-value.js';
import { orderValueUnknown } from '../domain/problems.js';
import { OrderAdvances } from './order-advances.js';

/** What may be advanced on an object now, and what consents on it have to name. */
export interface Advanceable {
  readonly cover: Money;
  readonly coverVersion: number;
  /** The orders of its lineage, in the order that reservations name them. */
  readonly orders: readonly Hex[];
  readonly obligor: number;
  /** ISO date by which the money is expected back. */
  readonly payableOn?: string;
}

/** What may be advanced on receivables and orders (rule 5), from the documents that this member has or was shown. */
@Injectable()
export class AdvanceableQuery {
  constructor(
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly covers: Covers,
    private readonly undertakings: Undertakings,
    private readonly fields: CommittedFields,
    private readonly advances: OrderAdvances,
    private readonly config: Config,
  ) {}

  /**
   * Throws RECEIVABLE_NOT_CONFIRMED, RECEIVABLE_DISPUTED or ENCUMBRANCE_ORDER_NOT_ACCEPTED, as the contract would;
   * COVER_NOT_SHOWN or ORDER_VALUE_UNKNOWN when the documents that decide it are not here; CURRENCY_MISMATCH when
   * something was confirmed on an order in another currency than its own.
   */
  async of(object: Hex, onOrder: boolean): Promise<Advanceable> {
    return onOrder
      ? this.ofOrder(await this.orders.get(object))
      : this.ofReceivable(await this.receivables.get(object));
  }

  private async ofReceivable(receivable: Receivable): Promise<Advanceable> {
    const { id, status, openDisputes, orders, obligor } = receivable;
    if (status !== 'CONFIRMED') {
      throw CONTRACT_PROBLEMS.ReceivableNotConfirmed(`the receivable is ${status}`, { receivable: id, status });
    }
    if (openDisputes > 0) {
      throw CONTRACT_PROBLEMS.ReceivableDisputed('the obligor disputes the receivable', {
        receivable: id,
        openDisputes,
      });
    }
    // Before the cover: it only rises, so what happens in between makes the consent stale, not the cover too high.
    const coverVersion = await this.receivables.coverVersion(receivable);
    const { cover, invoice, minorDigits } = await this.covers.of(receivable);
    const terms = await this.undertakings.require(receivable);
    return {
      cover: { amount: cover.amount.toFixed(minorDigits), currency: invoice.currency },
      coverVersion,
      ...{ orders, obligor },
      payableOn: terms.dueDate,
    };
  }

  private async ofOrder({ id, status, commitment, coverVersion, buyer }: Order): Promise<Advanceable> {
    if (status !== 'ACCEPTED') {
      throw CONTRACT_PROBLEMS.EncumbranceOrderNotAccepted(`the order is ${status}`, { order: id, status });
    }
    const fields = (await this.fields.of([commitment])).get(commitment);
    const [amount, currency] = [fields?.get('/amount'), fields?.get('/currency')];
    if (!amount || !currency) throw orderValueUnknown('its amount or currency is not known here', { order: id });
    if (!isMoney(amount, currency)) throw orderValueUnknown('its amount cannot be read', { order: id });
    const digits = minorUnits(currency);
    const out = Rational.sum((await this.advances.on([id])).map(({ outstanding }) => outstanding));
    const left = Rational.parse(amount).minus(await this.claimedOn(id, currency));
    const cover = orderCover(left, this.config.orderAdvanceBps, out, digits).toFixed(digits);
    return {
      cover: { amount: cover, currency },
      coverVersion,
      orders: [id],
      obligor: buyer,
      payableOn: fields?.get('/deliverUntil'),
    };
  }

  /**
   * What obligors undertook to pay, whether paid since or not, on receivables born from the order: that much of it is
   * delivered and no longer an order's to finance. A receivable of several orders counts in full against each.
   */
  private async claimedOn(order: Hex, currency: string): Promise<Rational> {
    const born = await this.receivables.bornFrom([order]);
    const confirmed = born.filter((each) => each.confirmed && each.status !== 'VOID');
    return Rational.sum(await Promise.all(confirmed.map((each) => this.claimOf(each, currency))));
  }

  private async claimOf(receivable: Receivable, currency: string): Promise<Rational> {
    const { id, commitment, confirmation } = receivable;
    const terms = await this.undertakings.of(receivable);
    const invoice = terms ? undefined : (await this.fields.of([commitment])).get(commitment);
    const [amount, owedIn] = terms
      ? [terms.amount, terms.currency]
      : ['/amount', '/currency'].map((p) => invoice?.get(p));
    if (!amount || !owedIn || !isMoney(amount, owedIn)) {
      const commitments = [commitment, ...(confirmation ? [confirmation] : [])];
      throw coverNotShown('a receivable born from the order is not shown', { receivable: id, commitments });
    }
    if (owedIn === currency) return Rational.parse(amount);
    const detail = `a receivable born from the order is in ${owedIn}, the order in ${currency}`;
    throw currencyMismatch(detail, { receivable: id, expected: currency });
  }
}
