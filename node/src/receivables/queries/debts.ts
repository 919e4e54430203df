import { Injectable } from '@nestjs/common';
import { Rational } from '../../kernel/rational.js';
import { outstandingDebt } from '../domain/debt.js';
import type { DocumentFields } from '../domain/documents/fields.js';
import { amountIn } from '../domain/documents/figures.js';
import type { ConfirmationTerms } from '../domain/documents/read-documents.js';
import type { Encumbrance, Receivable } from '../domain/receivable.js';
import type { EventPlace } from '../storage/event-place.js';
import { CommittedFields } from './committed-fields.js';
import { Receivables } from './receivables.js';
import { type Said, type SaidPayment, Statements } from './statements.js';
import { Undertakings } from './undertakings.js';

/** What was undertaken, and what was said of it since. */
export interface Counted {
  readonly terms: ConfirmationTerms;
  readonly payments: readonly SaidPayment[];
  readonly creditNotes: readonly Said[];
}

/** What obligors still owe. */
@Injectable()
export class Debts {
  constructor(
    private readonly receivables: Receivables,
    private readonly statements: Statements,
    private readonly undertakings: Undertakings,
    private readonly fields: CommittedFields,
  ) {}

  /**
   * What was confirmed less acknowledged payments and the credit notes that count (rule 3; {@link outstandingDebt}). What is said in an
   * amount not known here, or not one of its currency, counts as nothing. Throws CONFIRMATION_NOT_SHOWN.
   */
  async outstanding(receivable: Receivable): Promise<Rational> {
    const [terms, payments, creditNotes] = await Promise.all([
      this.undertakings.require(receivable),
      this.statements.payments(receivable),
      this.statements.creditNotes(receivable),
    ]);
    return this.after(receivable, { terms, payments, creditNotes });
  }

  /** The same, after just what is given, for who shows that beside it. */
  async after(receivable: Receivable, { terms, payments, creditNotes }: Counted): Promise<Rational> {
    const { id, orders, parent } = receivable;
    const encumbrances = await Promise.all(
      [id, ...orders].map((object) => this.receivables.encumbranceHistory(object)),
    );
    const paid = payments.filter(({ acknowledged }) => acknowledged !== null);
    const said = (fields: DocumentFields | undefined) => Rational.parse(amountIn(fields, terms.currency) ?? '0');
    return outstandingDebt({
      billed: Rational.parse((creditNotes.length > 0 && (await this.billed(receivable, terms))) || terms.amount),
      confirmed: Rational.parse(terms.amount),
      scope: terms,
      paid: paid.map(({ fields }) => said(fields)),
      credits: creditNotes.map(({ fields, at }) => ({
        amount: said(fields),
        // Whose account holds a part nobody else can say: its supplier's own is taken for another's (ADR 0015).
        othersClaim: parent !== null || encumbrances.flat().some((encumbrance) => ranAt(encumbrance, at)),
      })),
    });
  }

  /** A part bills what was undertaken for it, no more. */
  private async billed({ id: object, commitment: root, parent }: Receivable, { currency }: ConfirmationTerms) {
    if (parent !== null) return undefined;
    return amountIn((await this.fields.of([{ root, object }])).get(root), currency);
  }
}

/** Whether a lender's claim ran when something else was said. One that lapsed unspoken ended with its `disburseBy`. */
function ranAt({ reserved, disbursed, ended, disburseBy }: Encumbrance, { block, log, at }: EventPlace): boolean {
  const after = (event: { block: number; logIndex: number }): boolean =>
    event.block > block || (event.block === block && event.logIndex > log);
  if (after(reserved) || (ended && !after(ended))) return false;
  return disbursed !== null || at <= disburseBy;
}
