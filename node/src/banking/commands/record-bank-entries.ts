import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { RecordRepayment } from '../../financing/commands/record-repayment.js';
import { permits } from '../../financing/domain/states.js';
import { Positions } from '../../financing/queries/positions.js';
import { FinancingStore } from '../../financing/storage/financing.store.js';
import type { Hex } from '../../kernel/hex.js';
import { defineProblem, Problem } from '../../kernel/problem.js';
import { Rational } from '../../kernel/rational.js';
import { AcknowledgePayment } from '../../receivables/commands/acknowledge-payment.js';
import { ClaimPayment } from '../../receivables/commands/claim-payment.js';
import { Receivables } from '../../receivables/index.js';
import { Statements } from '../../receivables/queries/statements.js';
import type { BankEntry } from '../domain/camt-054.js';
import { idPrefix } from '../domain/references.js';
import { BankEntryStore } from '../storage/bank-entry.store.js';

const bankEntryUnclaimed = defineProblem({
  code: 'BANK_ENTRY_UNCLAIMED',
  status: 409,
  title: 'Money came in that the obligor has not said it paid',
  passing: true,
});

export const ENTRY_OUTCOMES = ['CLAIMED', 'ACKNOWLEDGED', 'KNOWN', 'UNMATCHED', 'REFUSED'] as const;

/** What became of one movement. */
export interface EntryOutcome {
  readonly entry: BankEntry;
  readonly outcome: (typeof ENTRY_OUTCOMES)[number];
  readonly receivable?: Hex;
  /** Whether a repayment of this lender's financing was recorded too. */
  readonly repayment: boolean;
  /** Why it was refused. */
  readonly code?: string;
}

/** Takes what a bank booked as payments: a debit as the obligor's claim to have paid, a credit as the payee's acknowledgement. */
@Injectable()
export class RecordBankEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: BankEntryStore,
    private readonly receivables: Receivables,
    private readonly statements: Statements,
    private readonly claiming: ClaimPayment,
    private readonly acknowledging: AcknowledgePayment,
    private readonly financings: FinancingStore,
    private readonly positions: Positions,
    private readonly repaying: RecordRepayment,
  ) {}

  /** In their order, within the current unit of work; one that is refused undoes no other. */
  async run(entries: readonly BankEntry[]): Promise<EntryOutcome[]> {
    const outcomes: EntryOutcome[] = [];
    for (const entry of entries) outcomes.push(await this.record(entry));
    return outcomes;
  }

  private async record(entry: BankEntry): Promise<EntryOutcome> {
    const prefix = idPrefix(entry.endToEndId);
    const receivable = prefix && (await this.entries.receivable(prefix));
    if (!receivable) return { entry, outcome: 'UNMATCHED', repayment: false };
    try {
      return await this.unitOfWork.attempt(async () => {
        if (!(await this.entries.take(entry, receivable)))
          return { entry, receivable, outcome: 'KNOWN', repayment: false };
        if (entry.direction === 'DEBIT') return this.claim(entry, receivable);
        return this.acknowledge(entry, receivable);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { entry, receivable, outcome: 'REFUSED', repayment: false, code: error.code };
    }
  }

  private async claim(entry: BankEntry, receivable: Hex): Promise<EntryOutcome> {
    await this.claiming.run(receivable, { ...entry.amount, reference: entry.bankReference });
    return { entry, receivable, outcome: 'CLAIMED', repayment: false };
  }

  /** The oldest claim of just this amount; without one the obligor has not spoken yet, and the same notification can be sent again. */
  private async acknowledge(entry: BankEntry, receivable: Hex): Promise<EntryOutcome> {
    const { amount, currency } = entry.amount;
    const claims = await this.statements.payments(await this.receivables.get(receivable));
    const claim = claims.find(
      (each) =>
        !each.acknowledged &&
        each.amount !== undefined &&
        each.fields?.get('/currency') === currency &&
        Rational.parse(each.amount).compare(Rational.parse(amount)) === 0,
    );
    if (!claim) throw bankEntryUnclaimed('no claim of this amount waits', { receivable });
    await this.acknowledging.run(receivable, claim.entry);
    return { entry, receivable, outcome: 'ACKNOWLEDGED', repayment: await this.repay(entry, receivable) };
  }

  private async repay({ amount, bankReference }: BankEntry, receivable: Hex): Promise<boolean> {
    const own = (await this.financings.of([receivable])).filter(({ side }) => side === 'LENDER');
    for (const financing of own) {
      const { status } = await this.positions.of(financing);
      if (!permits('repay', status) && !permits('repayMore', status)) continue;
      await this.repaying.run(financing.id, { ...amount, reference: bankReference });
      return true;
    }
    return false;
  }
}
