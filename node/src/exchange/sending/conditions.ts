import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';

/** Whether a letter about this object is still meant. A Problem that it rejects with puts the letter off. */
export type Condition = (object: Hex) => Promise<boolean>;

/** What rooms ask of letters of theirs before each attempt: what was right to send when it was written may not be any more. */
@Injectable()
export class Conditions {
  private readonly byType = new Map<string, Condition>();

  add(type: string, condition: Condition): void {
    if (this.byType.has(type)) throw new Error(`envelopes ${type} have more than one condition`);
    this.byType.set(type, condition);
  }

  async met(type: string, object: Hex): Promise<boolean> {
    return (await this.byType.get(type)?.(object)) ?? true;
  }
}
