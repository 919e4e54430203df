import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { Receivables } from '../../receivables/index.js';
import type { Financing } from '../domain/financing.js';
import { financingUnknown } from '../domain/problems.js';
import { rollOverInvalid } from '../domain/roll-over.js';
import { type Position, Positions } from './positions.js';

/** An order's financing whose place another takes. */
@Injectable()
export class RolledOver {
  constructor(
    private readonly positions: Positions,
    private readonly receivables: Receivables,
  ) {}

  /**
   * The order's financing, if a financing of `object` between the same two may take its place now. Refuses with
   * ROLL_OVER_INVALID; FINANCING_UNKNOWN for one of others.
   */
  async require(
    id: Hex,
    { side, object, onOrder, holder, lender }: Pick<Financing, 'side' | 'object' | 'onOrder' | 'holder' | 'lender'>,
  ): Promise<Position> {
    const position = await this.positions.get(id);
    const { financing, status, encumbrance } = position;
    const between = financing.side === side && financing.holder === holder;
    if (!between) throw financingUnknown('it is no financing between the two', { financing: id });
    const facts = { financing: id, status };
    if (financing.lender !== lender) throw rollOverInvalid('another lender financed the order', facts);
    const disbursed = status === 'DISBURSED' && encumbrance?.state !== 'RESERVED';
    if (!financing.onOrder || !disbursed) throw rollOverInvalid(`it is ${status}, or of no order`, facts);
    const born = onOrder ? [] : (await this.receivables.get(object)).orders;
    if (!born.includes(financing.object)) {
      throw rollOverInvalid('the receivable was not born from the order', { ...facts, order: financing.object });
    }
    return position;
  }

  /** The order's financing that this one takes over; undefined for one that stands by itself. */
  async of(financing: Financing): Promise<Position | undefined> {
    return financing.rollsOver === null ? undefined : this.require(financing.rollsOver, financing);
  }
}
