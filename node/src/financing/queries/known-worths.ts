import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import { Orders } from '../../orders/index.js';
import { CommittedFields, Receivables } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';

/** What financings, receivables and orders are worth or may come to be, for rules on commands about them. */
@Injectable()
export class KnownWorths {
  constructor(
    private readonly store: FinancingStore,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * An advance offered or asked for, an invoice's payable amount, an order's total and its total by a change that awaits an
   * answer; undefined for one that is not known here.
   */
  async of(id: Hex): Promise<readonly (Money | undefined)[]> {
    const financing = await this.store.find(id);
    if (financing) return [financing.offer?.terms.advance ?? financing.requested];
    const roots = await this.rootsOf(id);
    const said = await this.fields.of(roots.map((root) => ({ root, object: id })));
    return roots.map((root) => {
      const [amount, currency] = [said.get(root)?.get('/amount'), said.get(root)?.get('/currency')];
      return amount !== undefined && currency !== undefined ? { amount, currency } : undefined;
    });
  }

  private async rootsOf(id: Hex): Promise<Hex[]> {
    const receivable = await this.receivables.find(id);
    if (receivable) return [receivable.commitment];
    const [order] = await this.orders.findMany([id]);
    if (!order) return [];
    const change = await this.orders.pendingChange(order);
    return change ? [order.commitment, change.commitment] : [order.commitment];
  }
}
