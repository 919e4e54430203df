import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Receivables } from '../../receivables/index.js';
import type { FinancingAnswer } from './agree.js';
import { HolderActs } from './holder-acts.js';
import { StatementActs } from './statement-acts.js';

/** The holder demands that a lender whose claim is settled release it: after ten days of silence its peers may overrule it. */
@Injectable()
export class DemandRelease {
  constructor(
    private readonly acts: HolderActs,
    private readonly statements: StatementActs,
    private readonly receivables: Receivables,
  ) {}

  /** Refuses with ENCUMBRANCE_ON_ORDER, RECEIVABLE_NOT_SETTLED, RELEASE_ALREADY_DEMANDED. */
  async run(id: Hex, reason: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'demandRelease');
    const { object, onOrder } = position.financing;
    if (onOrder) throw CONTRACT_PROBLEMS.EncumbranceOnOrder('an order is not settled', { order: object });
    const { status } = await this.receivables.get(object);
    if (status !== 'SETTLED') {
      throw CONTRACT_PROBLEMS.ReceivableNotSettled(`it is ${status}`, { receivable: object, status });
    }
    if (position.encumbrance?.releaseDemand) {
      throw CONTRACT_PROBLEMS.ReleaseAlreadyDemanded('it was demanded before', { receivable: object });
    }
    return this.statements.make(position, position.account, {
      ...{ kind: 'RELEASE_DEMAND', content: { reason } },
      ...{ act: 'demandRelease', fn: 'demandRelease', type: 'financing.release-demand' },
    });
  }
}
