import { Injectable } from '@nestjs/common';
import { type CreditNoteModel, DocumentVault } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { Submissions } from '../../submissions/index.js';
import { creditNoteAlreadyIssued } from '../domain/problems.js';
import type { Receivable } from '../domain/receivable.js';
import { Receivables } from '../queries/receivables.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

/**
 * Credit notes that this supplier has issued on the same invoice: one that is sent twice, or to a second instalment or part, would credit
 * twice.
 */
@Injectable()
export class OtherCreditNotes {
  constructor(
    private readonly vault: DocumentVault,
    private readonly log: ReceivableLogStore,
    private readonly documents: ReceivableDocuments,
    private readonly submissions: Submissions,
    private readonly receivables: Receivables,
  ) {}

  /**
   * Refuses with CREDIT_NOTE_ALREADY_ISSUED one whose number the chain has on a receivable over the invoice, naming which, with TRY_AGAIN
   * while one of that number may be on its way. Until the unit of work ends, others with that number wait.
   */
  async requireNone(receivable: Receivable, { number }: CreditNoteModel): Promise<void> {
    const key = normaliseNumber(number);
    await this.documents.lockNumber(key);
    const kept = await Promise.all((await this.ofSameInvoice(receivable)).map((id) => this.numbered(key, id)));
    const same = kept.flat();
    if (same.length === 0) return;
    const credited = [...new Set(same.map(({ receivable: id }) => id))];
    // In this order: what goes from the outbox to the index meanwhile is seen in one of them.
    const underWay = await this.submissions.underWay('issueCreditNote', credited);
    const issued = new Set((await this.log.creditNotes(credited)).map(({ commitment }) => commitment));
    const known = same.find(({ root }) => issued.has(root));
    if (known) {
      const facts = { receivable: known.receivable, number, creditNote: known.root };
      throw creditNoteAlreadyIssued(`${number} is on chain`, facts);
    }
    if (underWay.length === 0) return;
    throw tryAgain('one of this number may be on its way', { receivable: receivable.id, number, retryAfterSeconds: 1 });
  }

  private async numbered(key: string, receivable: Hex) {
    const kept = await this.vault.of(receivable);
    return kept.flatMap(({ root, document: { model } }) =>
      model.kind === 'CREDIT_NOTE' && normaliseNumber(model.number) === key ? [{ receivable, root }] : [],
    );
  }

  /** Its instalments and all that they were split into; what was credited on one that was voided counts for nothing. */
  private async ofSameInvoice(receivable: Receivable): Promise<Hex[]> {
    const whole = (await this.receivables.ancestors(receivable)).at(-1) ?? receivable;
    const facts = await this.documents.find(whole.id);
    const instalments = facts
      ? await this.documents.ofInvoice(facts.counterparty, facts.numberKey, facts.issueDate)
      : [];
    const ids = new Set([whole.id, ...instalments.map(({ receivable: id }) => id)]);
    const found = (await this.receivables.bornFrom(whole.orders)).filter(({ id }) => ids.has(id));
    // Those that are added are looked through in turn.
    for (const each of found) if (each.status === 'SPLIT') found.push(...(await this.receivables.partsOf(each.id)));
    return found.filter(({ status }) => status !== 'VOID').map(({ id }) => id);
  }
}
