import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';

/** An amount, or undefined for one that is not known here. */
export type Worth = Money | undefined;

/** What an object is worth now, and after it what it would be by a change that awaits an answer; none of what is not this room's. */
export type WorthSource = (id: Hex) => Promise<readonly Worth[]>;

/** What orders, receivables and financings are worth; the rooms that know register in their module's constructor. */
@Injectable()
export class Worths {
  private readonly sources: WorthSource[] = [];

  add(source: WorthSource): void {
    this.sources.push(source);
  }

  /** None for an object that no room has. */
  async of(id: Hex): Promise<readonly Worth[]> {
    for (const source of this.sources) {
      const worths = await source(id);
      if (worths.length > 0) return worths;
    }
    return [];
  }
}
