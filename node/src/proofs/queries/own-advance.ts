import { Injectable } from '@nestjs/common';
import { FinancingStore, FinancingViews } from '../../financing/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type Fragment, invalid } from '../verify/fragment.js';

/** What this member, as a lender, must be told of its own advances on a lineage beside what anybody is. */
@Injectable()
export class OwnAdvance {
  constructor(
    private readonly store: FinancingStore,
    private readonly views: FinancingViews,
  ) {}

  /** A fragment for each of its financings whose advance exceeds the cover now, with what happened since it did not. */
  async judge(objects: readonly Hex[]): Promise<Fragment[]> {
    const own = (await this.store.of(objects)).filter(({ side }) => side === 'LENDER');
    const views = await Promise.all(own.map(({ id }) => this.views.get(id)));
    return views.flatMap(({ id, shortfall, shortfallCauses: causes }) => {
      if (!shortfall) return [];
      const { amount, currency } = shortfall;
      const message = `This member's advance exceeds the cover by ${amount} ${currency}.`;
      return [invalid('COVER', 'ADVANCE_EXCEEDS_COVER', message, { financing: id, shortfall, causes })];
    });
  }
}
