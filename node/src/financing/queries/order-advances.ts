import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import type { OrderAdvance } from '../../receivables/domain/cover/lineage-cover.js';
import { isOut } from '../domain/states.js';
import { FinancingStore } from '../storage/financing.store.js';
import { Positions } from './positions.js';

/**
 * Money still out on orders that were financed before delivery, as far as this member is a side of it (rule 5). What is
 * reserved counts as out: its lender may pay it at any moment.
 */
@Injectable()
export class OrderAdvances {
  constructor(
    private readonly store: FinancingStore,
    private readonly positions: Positions,
  ) {}

  async on(orders: readonly Hex[]): Promise<OrderAdvance[]> {
    const financings = (await this.store.of(orders)).filter(({ onOrder }) => onOrder);
    const positions = await Promise.all(financings.map((financing) => this.positions.of(financing)));
    return positions.flatMap(({ financing, status, balance, encumbrance }) => {
      const { object: order, offer } = financing;
      if (status === 'AGREED' && offer && encumbrance) {
        return [{ order, outstanding: Rational.parse(offer.terms.advance.amount), event: encumbrance.reserved }];
      }
      const event = encumbrance?.disbursed;
      if (!isOut(status) || !balance || !event) return [];
      return [{ order, outstanding: balance.due.principal.minus(balance.applied.principal), event }];
    });
  }
}
