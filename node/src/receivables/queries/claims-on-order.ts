import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { type OrderClaim, type OrderClaimSource, Orders } from '../../orders/index.js';
import { EncumbranceStore } from '../storage/encumbrance.store.js';
import { Receivables } from './receivables.js';

/** Which claims of lenders rest on an order: on itself, or on receivables born from it, parts of splits among them. */
@Injectable()
export class ClaimsOnOrder implements OrderClaimSource {
  constructor(
    private readonly orders: Orders,
    private readonly receivables: Receivables,
    private readonly encumbrances: EncumbranceStore,
  ) {}

  /** With reservations that lapsed and still count on chain. Throws ORDER_UNKNOWN. */
  async restingOn(id: Hex): Promise<OrderClaim[]> {
    const [order, born] = await Promise.all([this.orders.get(id), this.receivables.bornFrom([id])]);
    const receivables = new Map(born.map((receivable) => [receivable.id, receivable]));
    const counted = await this.encumbrances.counted([id, ...receivables.keys()]);
    return Promise.all(
      counted.map(async ({ object, lender, state }) => {
        const receivable = receivables.get(object);
        const coverVersion = receivable ? await this.receivables.coverVersion(receivable) : order.coverVersion;
        return { object, lender, state, coverVersion };
      }),
    );
  }
}
