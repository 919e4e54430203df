import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, type Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { type Order, Orders } from '../../orders/index.js';
import { CommittedFields, Covers, Receivables } from '../../receivables/index.js';
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
    private readonly fields: CommittedFields,
    private readonly advances: OrderAdvances,
    private readonly config: Config,
  ) {}

  /**
   * Throws RECEIVABLE_NOT_CONFIRMED, RECEIVABLE_DISPUTED or ENCUMBRANCE_ORDER_NOT_ACCEPTED, as the contract would;
   * COVER_NOT_SHOWN or ORDER_VALUE_UNKNOWN when the documents that decide it are not here.
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
    const { cover, invoice, minorDigits } = await this.covers.of(receivable);
    return {
      cover: { amount: cover.amount.toFixed(minorDigits), currency: invoice.currency },
      coverVersion: await this.receivables.coverVersion(receivable),
      ...{ orders, obligor },
      payableOn: invoice.dueDate,
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
    const cover = orderCover(Rational.parse(amount), this.config.orderAdvanceBps, out, digits).toFixed(digits);
    return {
      cover: { amount: cover, currency },
      coverVersion,
      orders: [id],
      obligor: buyer,
      payableOn: fields?.get('/deliverUntil'),
    };
  }
}
