import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { OrderAdvance } from '../domain/cover/lineage-cover.js';

/** What rooms that know of financings tell this one, which does not. */
export interface LineageSource {
  /** Money still out on these orders, as far as this member knows. */
  advancesOn(orders: readonly Hex[]): Promise<OrderAdvance[]>;
  /** Members with a claim on this receivable or its orders, to whom what is said of it goes too, but for what is between its parties. */
  lendersOf(objects: readonly Hex[]): Promise<number[]>;
  /** Members on whose receivable or its orders this one has a claim. */
  holdersOf(objects: readonly Hex[]): Promise<number[]>;
  /**
   * Of these financings of one object, which this member agreed to as its holder, those that came to no reservation: whoever has the
   * transaction that was to make it can make it still.
   */
  agreedInVain(financings: readonly Hex[]): Promise<Hex[]>;
  /** An order's tags are here now, for which something may have waited; within the current unit of work. */
  tagsArrived(order: Hex): Promise<void>;
}

/** Where such rooms register, in their module's constructor. */
@Injectable()
export class LineageSources implements LineageSource {
  private readonly sources: LineageSource[] = [];

  add(source: LineageSource): void {
    this.sources.push(source);
  }

  async advancesOn(orders: readonly Hex[]): Promise<OrderAdvance[]> {
    return (await Promise.all(this.sources.map((source) => source.advancesOn(orders)))).flat();
  }

  async lendersOf(objects: readonly Hex[]): Promise<number[]> {
    return [...new Set((await Promise.all(this.sources.map((source) => source.lendersOf(objects)))).flat())];
  }

  async holdersOf(objects: readonly Hex[]): Promise<number[]> {
    return [...new Set((await Promise.all(this.sources.map((source) => source.holdersOf(objects)))).flat())];
  }

  async agreedInVain(financings: readonly Hex[]): Promise<Hex[]> {
    return (await Promise.all(this.sources.map((source) => source.agreedInVain(financings)))).flat();
  }

  async tagsArrived(order: Hex): Promise<void> {
    for (const source of this.sources) await source.tagsArrived(order);
  }
}
