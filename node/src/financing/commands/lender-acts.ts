import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { Submissions } from '../../submissions/index.js';
import { requireAct } from '../domain/require-act.js';
import type { FinancingAct } from '../domain/states.js';
import { type Position, Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';

/** A financing that this lender acts on. */
export type LenderPosition = Position & { readonly account: Address };

/** What all acts of a lender on chain share: its position, its one-time account. */
@Injectable()
export class LenderActs {
  constructor(
    private readonly positions: Positions,
    private readonly keyring: Keyring,
    private readonly store: FinancingStore,
    private readonly submissions: Submissions,
  ) {}

  /** The financing, locked, if this lender may do the act as it is now; `onOrder` is the act where it is one on an order. */
  async begin(id: Hex, act: FinancingAct, onOrder = act): Promise<LenderPosition> {
    const position = await this.positions.lock(id);
    const { financing, status } = position;
    requireAct(financing.onOrder ? onOrder : act, financing.side, status, id);
    return { ...position, account: this.keyring.oneTime(financing.object).address };
  }

  /**
   * The same of an act of which this member keeps what it said. Refuses with TRY_AGAIN while `submitted`, as its transaction is
   * called, is on its way: the chain takes the first, and what a second says is not to take its place here.
   */
  async beginOnce(id: Hex, act: FinancingAct, submitted: string): Promise<LenderPosition> {
    const financing = await this.store.lock(id);
    const open = financing ? await this.submissions.underWay(submitted, [financing.object]) : [];
    if (open.length > 0) throw tryAgain('the same is on its way already', { financing: id, retryAfterSeconds: 1 });
    return this.begin(id, act);
  }
}
