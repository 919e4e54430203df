import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import { requireAct } from '../domain/require-act.js';
import { Positions } from '../queries/positions.js';
import { RepaymentStore } from '../storage/repayment.store.js';
import type { RepaymentBody } from './envelopes.js';

/** Money that the lender received. */
export interface RepaymentDraft {
  readonly amount: string;
  readonly currency?: string;
  readonly reference: string;
}

/** The lender records what it was repaid, by whomever, and tells the holder. */
@Injectable()
export class RecordRepayment {
  constructor(
    private readonly positions: Positions,
    private readonly repayments: RepaymentStore,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with AMOUNT_INVALID, CURRENCY_MISMATCH, FINANCING_INVALID_TRANSITION unless it is disbursed. One that rests on
   * the acknowledgement of a payment (its submission) counts at once, and no more once that has failed.
   */
  async run(
    id: Hex,
    { amount, currency, reference }: RepaymentDraft,
    { acknowledgement }: { acknowledgement?: string } = {},
  ): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    requireAct(status === 'REPAID' ? 'repayMore' : 'repay', financing.side, status, id);
    const due = financing.offer!.terms.advance.currency;
    const money = positiveMoney({ amount, currency: currency ?? due }, due);
    const receivedAt = this.head.current().timestamp;
    const repayment = { number: await this.repayments.nextNumber(id), amount: money.amount, reference, receivedAt };
    await this.repayments.add(id, repayment, acknowledgement);
    const body = repayment satisfies RepaymentBody;
    const to = financing.holder;
    await this.exchange.send({ to, type: 'financing.repayment', object: id, body, after: acknowledgement });
  }
}
