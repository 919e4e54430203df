import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Matter } from '../domain/matter.js';

/**
 * What lies before this member on an object, of which a command at `url` says no more than the object. Beware: nothing that this
 * command changes within its own unit of work, since it would seem to have read something else. May refuse, with what the command
 * itself would refuse with, where what that takes up is not there: nobody approves of nothing.
 */
export type MatterSource = (id: Hex, url: string) => Promise<readonly Matter[]>;

/** What commands are about beyond what they say; the rooms that know register in their module's constructor. */
@Injectable()
export class Matters {
  private readonly sources: MatterSource[] = [];

  add(source: MatterSource): void {
    this.sources.push(source);
  }

  /** None for an object that no room has. */
  async of(id: Hex, url: string): Promise<readonly Matter[]> {
    const all = await Promise.all(this.sources.map((source) => source(id, url)));
    return all.flat();
  }
}
