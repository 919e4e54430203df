import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { FinancingAnswer } from './agree.js';
import { HolderActs } from './holder-acts.js';
import { StatementActs } from './statement-acts.js';

/** The holder says that the money did not come: that marks the claim, and frees nothing. */
@Injectable()
export class ContestDisbursement {
  constructor(
    private readonly acts: HolderActs,
    private readonly statements: StatementActs,
  ) {}

  /** Refuses with DISBURSEMENT_ALREADY_CONTESTED, FINANCING_INVALID_TRANSITION unless the lender says that it disbursed. */
  async run(id: Hex, reason: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'contest');
    if (position.encumbrance?.contest) {
      const { object } = position.financing;
      throw CONTRACT_PROBLEMS.DisbursementAlreadyContested('it was contested before', { object });
    }
    return this.statements.make(position, position.account, {
      ...{ kind: 'CONTEST', content: { reason } },
      ...{ act: 'contestDisbursement', fn: 'contestDisbursement', type: 'financing.contest' },
    });
  }
}
