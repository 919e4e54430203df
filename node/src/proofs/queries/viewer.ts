import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';

/** Who asks: this member, under the one-time account that it has for each object. */
@Injectable()
export class Viewer {
  constructor(private readonly keyring: Keyring) {}

  /** This member's accounts on these objects; lending under one of them makes an encumbrance its own. */
  accountsOn(objects: readonly Hex[]): ReadonlySet<Hex> {
    return new Set(objects.map((object) => this.keyring.oneTime(object).address));
  }
}
