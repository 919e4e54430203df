import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { Orders } from '../../orders/index.js';
import { CommittedFields, Receivables } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';

/** What financings, receivables and orders are worth, for rules on commands about them. */
@Injectable()
export class KnownWorths {
  constructor(
    private readonly store: FinancingStore,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly fields: CommittedFields,
  ) {}

  /** An advance offered or asked for, an invoice's payable amount, an order's total; undefined where it is not known here. */
  async of(id: Hex): Promise<Money | undefined> {
    const financing = await this.store.find(id);
    if (financing) return financing.offer?.terms.advance ?? financing.requested;
    const commitment =
      (await this.receivables.find(id))?.commitment ?? (await this.orders.findMany([id]))[0]?.commitment;
    const said = commitment && (await this.fields.of([commitment])).get(commitment);
    const [amount, currency] = [said?.get('/amount'), said?.get('/currency')];
    return amount !== undefined && currency !== undefined ? { amount, currency } : undefined;
  }
}
