import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { dayOf } from '../../kernel/block-time.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { recourseNotAgreed, repaymentNotDue } from '../domain/problems.js';
import type { FinancingAnswer } from './agree.js';
import { LenderActs } from './lender-acts.js';
import { because, StatementActs } from './statement-acts.js';

/** The lender asks the holder for its money, since the obligor does not pay. */
@Injectable()
export class CallRecourse {
  constructor(
    private readonly acts: LenderActs,
    private readonly statements: StatementActs,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with RECOURSE_NOT_AGREED when the offer said none, RECOURSE_ALREADY_CALLED, FINANCING_INVALID_TRANSITION unless
   * the claim is OVERDUE; on an order, of which nobody says so, REPAYMENT_NOT_DUE until the offer's `repayBy` is over (UTC).
   */
  async run(id: Hex, reason?: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'callRecourse', 'callRecourseOnOrder');
    const { financing, encumbrance, account } = position;
    const { object, onOrder, offer } = financing;
    const { recourse, repayBy } = offer!.terms;
    if (!recourse) throw recourseNotAgreed('the offer was without recourse', { financing: id });
    if (encumbrance?.recourse) {
      throw CONTRACT_PROBLEMS.RecourseAlreadyCalled('recourse was called before', { object });
    }
    if (onOrder) this.requireDue(id, repayBy);
    return this.statements.make(position, account, {
      ...{ kind: 'RECOURSE', content: because(reason) },
      ...{ act: 'callRecourse', fn: 'callRecourse', type: 'financing.recourse' },
    });
  }

  private requireDue(financing: Hex, repayBy: string): void {
    const today = dayOf(this.head.current().timestamp);
    if (today > repayBy) return;
    throw repaymentNotDue(`what was advanced is to be repaid by ${repayBy}`, { financing, repayBy });
  }
}
