import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { requireAct } from '../domain/require-act.js';
import type { FinancingAct } from '../domain/states.js';
import { type Position, Positions } from '../queries/positions.js';

/** What all acts of a holder on a claim of its lender share: its position, its account. */
@Injectable()
export class HolderActs {
  constructor(
    private readonly positions: Positions,
    private readonly keyring: Keyring,
  ) {}

  /** The financing, locked, if this holder may do the act as it is now. An order's holder is its supplier, no secret. */
  async begin(id: Hex, act: FinancingAct): Promise<Position & { readonly account: Address }> {
    const position = await this.positions.lock(id);
    const { financing, status } = position;
    requireAct(act, financing.side, status, id);
    const { object, onOrder } = financing;
    const { address } = onOrder ? this.keyring.operator : this.keyring.oneTime(object);
    return { ...position, account: address };
  }
}
