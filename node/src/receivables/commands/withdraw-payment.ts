import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { Statements } from '../queries/statements.js';
import { openPayment } from './open-payment.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The obligor takes back that it paid: it was a mistake, or the money came back. */
@Injectable()
export class WithdrawPayment {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly statements: Statements,
  ) {}

  /**
   * Answers the payment's root as its id. Refuses with PAYMENT_UNKNOWN, PAYMENT_NOT_CLAIMED when it was acknowledged or withdrawn
   * before. Of an acknowledgement that is on its way and this one the chain takes the first, and refuses the other.
   */
  async run(id: Hex, entry: number): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'withdrawPayment');
    const payment = openPayment(await this.statements.payments(receivable), id, entry);
    const act = 'withdrawPayment';
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, entry] });
    return { id: payment.root, submission };
  }
}
