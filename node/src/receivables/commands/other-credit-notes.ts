import { Injectable } from '@nestjs/common';
import { type CreditNoteModel, DocumentVault } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { Submissions } from '../../submissions/index.js';
import { creditNoteAlreadyIssued } from '../domain/problems.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

/** Credit notes that this supplier has issued on the same receivable: the same one sent twice would credit twice. */
@Injectable()
export class OtherCreditNotes {
  constructor(
    private readonly vault: DocumentVault,
    private readonly log: ReceivableLogStore,
    private readonly documents: ReceivableDocuments,
    private readonly submissions: Submissions,
  ) {}

  /**
   * Refuses with CREDIT_NOTE_ALREADY_ISSUED one whose number the chain has on the receivable, with TRY_AGAIN while one of that number may
   * be on its way. Until the unit of work ends, others with that number wait.
   */
  async requireNone(receivable: Hex, { number }: CreditNoteModel): Promise<void> {
    const key = normaliseNumber(number);
    await this.documents.lockNumber(key);
    const same = (await this.vault.of(receivable)).filter(
      ({ document: { model } }) => model.kind === 'CREDIT_NOTE' && normaliseNumber(model.number) === key,
    );
    if (same.length === 0) return;
    // In this order: what goes from the outbox to the index meanwhile is seen in one of them.
    const underWay = await this.submissions.underWay('issueCreditNote', [receivable]);
    const issued = new Set((await this.log.creditNotes([receivable])).map(({ commitment }) => commitment));
    const known = same.find(({ root }) => issued.has(root));
    const facts = { receivable, number };
    if (known) throw creditNoteAlreadyIssued(`${number} is on chain`, { ...facts, creditNote: known.root });
    if (underWay.length > 0) throw tryAgain('one of this number may be on its way', { ...facts, retryAfterSeconds: 1 });
  }
}
