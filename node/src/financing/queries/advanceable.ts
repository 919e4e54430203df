import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { DisclosedDocuments } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { currencyMismatch, type Money } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { requireNoFramework } from '../../orders/domain/framework.js';
import { type Order, Orders } from '../../orders/index.js';
import type { Cover } from '../../receivables/domain/cover/cover.js';
import { Covers, Receivables, Undertakings } from '../../receivables/index.js';
import type { Receivable } from '../../receivables/domain/receivable.js';
import { orderCover } from '../domain/order-value.js';
import { isNotShown } from './backing.js';
import { OrderAdvances } from './order-advances.js';
import { OrderValues } from './order-values.js';

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
    private readonly values: OrderValues,
    private readonly advances: OrderAdvances,
    private readonly disclosed: DisclosedDocuments,
    private readonly config: Config,
  ) {}

  /**
   * Throws RECEIVABLE_NOT_CONFIRMED, RECEIVABLE_DISPUTED or ENCUMBRANCE_ORDER_NOT_ACCEPTED, as the contract would;
   * COVER_NOT_SHOWN or ORDER_VALUE_UNKNOWN when the documents that decide it are not here, GRANT_INDEX_STALLED when
   * that cannot be told since the last block is too old; CURRENCY_MISMATCH when
   * something was confirmed on an order in another currency than its own. What is out on an order that is `rolledOver` is to be
   * paid off, so it is not taken off.
   */
  async of(object: Hex, onOrder: boolean, rolledOver?: Hex): Promise<Advanceable> {
    try {
      if (onOrder) return await this.ofOrder(await this.orders.get(object));
      return await this.ofReceivable(await this.receivables.get(object), rolledOver);
    } catch (error) {
      // Its holder would be asked in vain for what is here and merely closed.
      throw (isNotShown(error) && this.disclosed.closed()) || error;
    }
  }

  private async ofReceivable(receivable: Receivable, rolledOver?: Hex): Promise<Advanceable> {
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
    const { cover, currency, minorDigits } = await this.covers.of(receivable);
    const terms = await this.undertakings.require(receivable);
    return {
      cover: { amount: cover.amount.plus(advancedOn(cover, rolledOver)).toFixed(minorDigits), currency },
      coverVersion,
      ...{ orders, obligor },
      payableOn: terms.dueDate,
    };
  }

  private async ofOrder(order: Order): Promise<Advanceable> {
    requireNoFramework(order);
    const { id, status, coverVersion, buyer } = order;
    if (status !== 'ACCEPTED') {
      throw CONTRACT_PROBLEMS.EncumbranceOrderNotAccepted(`the order is ${status}`, { order: id, status });
    }
    const { value: left, currency, minorDigits: digits, deliverUntil, foreign } = await this.values.undelivered(id);
    if (foreign) {
      const detail = `a receivable born from the order is in ${foreign.currency}, the order in ${currency}`;
      throw currencyMismatch(detail, { receivable: foreign.receivable, expected: currency });
    }
    const out = Rational.sum((await this.advances.on([id])).map(({ outstanding }) => outstanding));
    const cover = orderCover(left, this.config.orderAdvanceBps, out, digits).toFixed(digits);
    return {
      cover: { amount: cover, currency },
      coverVersion,
      orders: [id],
      obligor: buyer,
      payableOn: deliverUntil,
    };
  }
}

/** What a cover is lower by for what is out on one of its orders. */
function advancedOn({ terms }: Cover, order: Hex | undefined): Rational {
  const own = terms.filter(
    ({ kind, events }) => kind === 'ORDER_ADVANCE' && events.some(({ object }) => object === order),
  );
  return Rational.ZERO.minus(Rational.sum(own.map(({ amount }) => amount)));
}
