import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits, positiveMoney } from '../../kernel/money.js';
import type { LenderPosition } from './lender-acts.js';
import { LenderActs } from './lender-acts.js';
import type { FinancingAnswer } from './agree.js';
import { StatementActs } from './statement-acts.js';

/** What the holder paid for the claim. */
export interface Repurchase {
  /** Decimal text; by default all that is owed. */
  readonly amount?: string;
  readonly currency?: string;
  readonly reference: string;
}

/** The lender says that the holder bought the claim back: it is free again, and lives on with its holder. */
@Injectable()
export class AcknowledgeRepurchase {
  constructor(
    private readonly acts: LenderActs,
    private readonly statements: StatementActs,
  ) {}

  /**
   * The price is repaid money like any other (rule 8), and counts by the chain's word, so once. Refuses with AMOUNT_INVALID,
   * CURRENCY_MISMATCH, ENCUMBRANCE_ON_ORDER, FINANCING_INVALID_TRANSITION when nothing is out.
   */
  async run(id: Hex, { reference, ...paid }: Repurchase): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'acknowledgeRepurchase');
    const { object, onOrder } = position.financing;
    if (onOrder) {
      throw CONTRACT_PROBLEMS.EncumbranceOnOrder('a receivable is bought back; on an order the lender is repaid', {
        order: object,
      });
    }
    const price = priceOf(position, paid);
    return this.statements.make(position, position.account, {
      ...{ kind: 'REPURCHASE', content: { ...price, reference } },
      ...{ act: 'acknowledgeRepurchase', fn: 'acknowledgeRepurchase', type: 'financing.repurchase' },
    });
  }
}

function priceOf({ financing, balance }: LenderPosition, { amount, currency }: Omit<Repurchase, 'reference'>) {
  const due = financing.offer!.terms.advance.currency;
  const owed = balance!.owed.toFixed(minorUnits(due));
  return positiveMoney({ amount: amount ?? owed, currency: currency ?? due }, due);
}
