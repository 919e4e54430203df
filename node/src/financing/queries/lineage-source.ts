import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { OrderAdvance } from '../../receivables/domain/cover/lineage-cover.js';
import type { LineageSource } from '../../receivables/index.js';
import { RequestDelivery } from '../commands/request-delivery.js';
import type { Financing, Side } from '../domain/financing.js';
import { FinancingStore } from '../storage/financing.store.js';
import { OrderAdvances } from './order-advances.js';
import { Positions } from './positions.js';

/** What the receivables room asks of this one. */
@Injectable()
export class FinancingLineage implements LineageSource {
  constructor(
    private readonly store: FinancingStore,
    private readonly positions: Positions,
    private readonly advances: OrderAdvances,
    private readonly delivery: RequestDelivery,
  ) {}

  advancesOn(orders: readonly Hex[]): Promise<OrderAdvance[]> {
    return this.advances.on(orders);
  }

  /** Lenders of this holder whose claim runs. */
  async lendersOf(objects: readonly Hex[]): Promise<number[]> {
    return (await this.running(objects, 'HOLDER')).map(({ lender }) => lender);
  }

  /** Holders on whose claims this lender's runs. */
  async holdersOf(objects: readonly Hex[]): Promise<number[]> {
    return (await this.running(objects, 'LENDER')).map(({ holder }) => holder);
  }

  private async running(objects: readonly Hex[], side: Side): Promise<Financing[]> {
    const own = (await this.store.of(objects)).filter((financing) => financing.side === side);
    const positions = await Promise.all(own.map((financing) => this.positions.of(financing)));
    return positions
      .filter(({ encumbrance }) => encumbrance && encumbrance.state !== 'NONE')
      .map(({ financing }) => financing);
  }

  /** By its status: one that was reserved is OFFERED no more, and one that was withdrawn has its consent taken back. */
  async agreedInVain(financings: readonly Hex[]): Promise<Hex[]> {
    const positions = await Promise.all(financings.map((id) => this.positions.get(id)));
    return positions.filter(({ status }) => status === 'OFFERED').map(({ financing }) => financing.id);
  }

  tagsArrived(order: Hex): Promise<void> {
    return this.delivery.tagsArrived(order);
  }
}
