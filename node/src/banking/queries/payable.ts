import { Injectable } from '@nestjs/common';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import {
  Debts,
  isOpen,
  type Receivable,
  Receivables,
  requireNoneSigned,
  requireNoNotice,
  Splits,
  Statements,
  Undertakings,
} from '../../receivables/index.js';
import { amountIn } from '../../receivables/domain/documents/figures.js';
import type { ConfirmationTerms } from '../../receivables/domain/documents/read-documents.js';
import { requireAct } from '../../receivables/domain/require-act.js';
import { Submissions } from '../../submissions/index.js';

/** What an obligor may order its bank to pay. */
export interface PayableNow {
  readonly receivable: Receivable;
  readonly terms: ConfirmationTerms;
  readonly owed: Rational;
  /** What of that it said that it paid, and its payee has not acknowledged yet. */
  readonly claimed: Rational;
}

/** What this obligor has yet to pay: nothing of what another claim stands for, and nothing twice. */
@Injectable()
export class Payable {
  constructor(
    private readonly receivables: Receivables,
    private readonly undertakings: Undertakings,
    private readonly statements: Statements,
    private readonly debts: Debts,
    private readonly splits: Splits,
    private readonly submissions: Submissions,
  ) {}

  /**
   * Refuses as a claim to have paid would be refused: with RECEIVABLE_UNAUTHORIZED, RECEIVABLE_NOT_CONFIRMED of what was split,
   * voided or written off, CONFIRMATION_NOT_SHOWN; and with TRY_AGAIN while a split, a claim to have paid or the
   * acknowledgement of a notice is on its way to the chain.
   */
  async of(id: Hex, member: number): Promise<PayableNow> {
    requireAct(await this.receivables.get(id), 'claimPayment', member);
    await this.requireNothingOnItsWay(id);
    // Read after what may be on its way: what came of that meanwhile is seen here.
    const receivable = await this.receivables.get(id);
    requireAct(receivable, 'claimPayment', member);
    const [terms, payments, creditNotes] = await Promise.all([
      this.undertakings.require(receivable),
      this.statements.payments(receivable),
      this.statements.creditNotes(receivable),
    ]);
    const open = payments.filter(isOpen).map(({ fields }) => Rational.parse(amountIn(fields, terms.currency) ?? '0'));
    const owed = await this.debts.after(receivable, { terms, payments, creditNotes });
    return { receivable, terms, owed, claimed: Rational.sum(open) };
  }

  private async requireNothingOnItsWay(receivable: Hex): Promise<void> {
    await requireNoneSigned(this.splits, receivable);
    await requireNoNotice(this.submissions, receivable);
    if ((await this.submissions.underWay('claimPayment', [receivable])).length === 0) return;
    throw tryAgain('a claim to have paid on it is on its way', { receivable, retryAfterSeconds: 1 });
  }
}
