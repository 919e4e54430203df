import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { permits } from '../../financing/domain/states.js';
import { FinancingStore, Positions, RecordRepayment } from '../../financing/index.js';
import type { ItemCommand } from '../../http/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { AcknowledgePayment, ClaimPayment } from '../../receivables/index.js';
import { compactIban } from '../domain/accounts.js';
import type { BankEntry } from '../domain/camt-054.js';
import { bankEntryPayeeUnclear, bankEntryUnclaimed } from '../domain/problems.js';
import { idPrefix } from '../domain/references.js';
import { NoticedAccounts } from '../queries/noticed-accounts.js';
import { WaitingClaims } from '../queries/waiting-claims.js';
import { BankEntryStore } from '../storage/bank-entry.store.js';
import { type ActGate, actsOf } from './entry-acts.js';

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
  /** What a second person has to approve first. */
  readonly approval?: string;
}

/** Takes what a bank booked as payments: a debit as the obligor's claim to have paid, a credit as the payee's acknowledgement. */
@Injectable()
export class RecordBankEntries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: BankEntryStore,
    private readonly claims: WaitingClaims,
    private readonly noticed: NoticedAccounts,
    private readonly claiming: ClaimPayment,
    private readonly acknowledging: AcknowledgePayment,
    private readonly financings: FinancingStore,
    private readonly positions: Positions,
    private readonly repaying: RecordRepayment,
  ) {}

  /** In their order, within the current unit of work; one that is refused, or held back by the gate, undoes no other. */
  async run(entries: readonly BankEntry[], gate: ActGate): Promise<EntryOutcome[]> {
    const outcomes: EntryOutcome[] = [];
    for (const entry of entries) outcomes.push(await this.record(entry, gate));
    return outcomes;
  }

  private async record(entry: BankEntry, gate: ActGate): Promise<EntryOutcome> {
    const prefix = idPrefix(entry.endToEndId);
    const receivable = prefix && (await this.entries.receivable(prefix));
    if (!receivable) return { entry, outcome: 'UNMATCHED', repayment: false };
    let asked: ItemCommand | undefined;
    const admit = (act: ItemCommand) => ((asked = act), gate.admit(act));
    try {
      return await this.unitOfWork.attempt(async () => {
        const isNew = await this.entries.take(entry, receivable);
        if (!isNew || (await this.claimedByHand(entry, receivable)))
          return { entry, receivable, outcome: 'KNOWN', repayment: false };
        if (entry.direction === 'DEBIT') return this.claim(entry, receivable, admit);
        return this.acknowledge(entry, receivable, admit);
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (asked) await gate.keep(asked, error);
      const { approval } = error.facts as { approval?: string };
      return { entry, receivable, outcome: 'REFUSED', repayment: false, code: error.code, approval };
    }
  }

  /** Whether the obligor said of a debit itself that it paid, as it has to where whom it paid is unclear. Each claim stands for one. */
  private async claimedByHand(entry: BankEntry, receivable: Hex): Promise<boolean> {
    if (entry.direction !== 'DEBIT') return false;
    const claims = await this.claims.withReference(receivable, entry.bankReference, entry.amount);
    const [payment] = await this.entries.untaken(
      receivable,
      claims.map(({ root }) => root),
    );
    if (payment !== undefined) await this.entries.note(entry, receivable, payment, null);
    return payment !== undefined;
  }

  private async claim(entry: BankEntry, receivable: Hex, admit: Admit): Promise<EntryOutcome> {
    // First: nobody is asked to approve what is then refused.
    await this.requirePaidAsNoticed(entry, receivable);
    await admit(actsOf(entry).claim(receivable));
    const { id, submission } = await this.claiming.run(receivable, { ...entry.amount, reference: entry.bankReference });
    await this.entries.note(entry, receivable, id, submission);
    return { entry, receivable, outcome: 'CLAIMED', repayment: false };
  }

  /**
   * Whom a debit went to is known by its account alone, once payment is or was due to a lender: it may have been ordered before, or
   * booked after.
   */
  private async requirePaidAsNoticed({ paidInto }: BankEntry, id: Hex): Promise<void> {
    const noticed = await this.noticed.of({ id });
    const into = compactIban(paidInto ?? '');
    if (noticed ? into === noticed.iban : !(await this.noticed.former({ id })).includes(into)) return;
    throw bankEntryPayeeUnclear('say by hand whom it was paid to (paidTo)', { receivable: id });
  }

  /** The oldest claim of just this amount; without one the obligor has not spoken yet, and the same notification can be sent again. */
  private async acknowledge(entry: BankEntry, receivable: Hex, admit: Admit): Promise<EntryOutcome> {
    for (const claim of await this.claims.of(receivable, entry.amount)) {
      await admit(actsOf(entry).acknowledge(receivable, claim.entry));
      const submission = await this.acknowledgeOnce(receivable, claim.entry);
      if (submission === undefined) continue;
      await this.entries.note(entry, receivable, claim.root, submission);
      const repayment = await this.repay(entry, receivable, submission, admit);
      return { entry, receivable, outcome: 'ACKNOWLEDGED', repayment };
    }
    throw bankEntryUnclaimed('no claim of this amount waits', { receivable });
  }

  /** Undefined when another took the claim since it was read. */
  private async acknowledgeOnce(receivable: Hex, n: number): Promise<string | undefined> {
    try {
      return (await this.unitOfWork.attempt(() => this.acknowledging.run(receivable, n))).submission;
    } catch (error) {
      if (error instanceof Problem && error.code === 'PAYMENT_NOT_CLAIMED') return undefined;
      throw error;
    }
  }

  private async repay(entry: BankEntry, receivable: Hex, acknowledgement: string, admit: Admit): Promise<boolean> {
    const own = (await this.financings.of([receivable])).filter(({ side }) => side === 'LENDER');
    for (const financing of own) {
      const { status } = await this.positions.of(financing);
      if (!permits('repay', status) && !permits('repayMore', status)) continue;
      await admit(actsOf(entry).repay(financing.id));
      const repayment = { ...entry.amount, reference: entry.bankReference };
      await this.repaying.run(financing.id, repayment, { acknowledgement });
      return true;
    }
    return false;
  }
}

type Admit = ActGate['admit'];
