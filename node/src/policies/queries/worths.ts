import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';

/** What an object is worth, as far as it is this room's and known here. */
export type WorthSource = (id: Hex) => Promise<Money | undefined>;

/** What orders, receivables and financings are worth; the rooms that know register in their module's constructor. */
@Injectable()
export class Worths {
  private readonly sources: WorthSource[] = [];

  add(source: WorthSource): void {
    this.sources.push(source);
  }

  /** Undefined for an object that no room knows a worth of. */
  async of(id: Hex): Promise<Money | undefined> {
    for (const source of this.sources) {
      const worth = await source(id);
      if (worth) return worth;
    }
    return undefined;
  }
}
