import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { Side } from '../domain/financing.js';
import { financingUnknown } from '../domain/problems.js';
import { type Position, Positions } from './positions.js';

/** A financing that the other side's node speaks of. */
@Injectable()
export class Counterparty {
  constructor(private readonly positions: Positions) {}

  /** Locked, if this member is on `side` and `from` on the other; else FINANCING_UNKNOWN, as of one that is not there. */
  async require(id: Hex, side: Side, from: number): Promise<Position> {
    const position = await this.positions.lock(id);
    const { financing } = position;
    const other = side === 'HOLDER' ? financing.lender : financing.holder;
    if (financing.side === side && other === from) return position;
    throw financingUnknown('the sender is not the other side of such a financing', { financing: id });
  }
}
