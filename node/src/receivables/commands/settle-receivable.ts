import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { defineProblem } from '../../kernel/problem.js';
import type { Receivable } from '../domain/receivable.js';
import { Debts } from '../queries/debts.js';
import { requireNoClaim } from '../queries/no-claim.js';
import { Payees } from '../queries/payees.js';
import { Receivables } from '../queries/receivables.js';
import { Undertakings } from '../queries/undertakings.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

const debtOutstanding = defineProblem({
  code: 'DEBT_OUTSTANDING',
  status: 409,
  title: 'A receivable is settled when nothing is owed on it any more',
});

/**
 * The payee entitled says that nothing is owed any more, of what was paid in full and stayed CONFIRMED: two last payments
 * were acknowledged at once, or a lender's claim ran then.
 */
@Injectable()
export class SettleReceivable {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly payees: Payees,
    private readonly debts: Debts,
    private readonly undertakings: Undertakings,
  ) {}

  /**
   * Refuses with PAYMENT_NOT_PAYEE, DEBT_OUTSTANDING naming what is still owed, CONFIRMATION_NOT_SHOWN while this node does not
   * know what was; RECEIVABLE_ALREADY_ENCUMBERED or ORDER_ALREADY_ENCUMBERED while a lender's claim reaches what its holder
   * would settle (rule 3).
   */
  async run(id: Hex): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'settle');
    const account = await this.payees.own(receivable);
    await this.requirePaid(receivable);
    if (!(await this.payees.isLender(receivable))) await requireNoClaim(this.receivables, receivable);
    const submission = await this.desk.submit({
      act: 'settleReceivable',
      object: id,
      fn: 'settle',
      args: [id, []],
      account,
    });
    return { id, submission };
  }

  private async requirePaid(receivable: Receivable): Promise<void> {
    const { currency } = await this.undertakings.require(receivable);
    const left = await this.debts.outstanding(receivable);
    if (left.sign <= 0) return;
    const outstanding = left.toFixed(minorUnits(currency));
    const facts = { receivable: receivable.id, outstanding, currency };
    throw debtOutstanding(`${outstanding} ${currency} are owed still`, facts);
  }
}
