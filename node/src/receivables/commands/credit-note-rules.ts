import { Injectable } from '@nestjs/common';
import type { CreditNoteModel } from '../../documents/model/index.js';
import { positiveMoney } from '../../kernel/money.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import type { Receivable } from '../domain/receivable.js';
import { Receivables } from '../queries/receivables.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { InvoiceParties } from './invoice-parties.js';
import { creditNoteMismatch, receivableDocumentMissing } from '../domain/problems.js';

/** Whether a credit note belongs to a receivable. */
@Injectable()
export class CreditNoteRules {
  constructor(
    private readonly receivables: Receivables,
    private readonly documents: ReceivableDocuments,
    private readonly parties: InvoiceParties,
  ) {}

  /**
   * Refuses with CREDIT_NOTE_MISMATCH one that names invoices but not this one, CURRENCY_MISMATCH or AMOUNT_INVALID for
   * its amount, DOCUMENT_PARTY_MISMATCH for its parties. A part's invoice is that of the whole.
   */
  async require(receivable: Receivable, creditNote: CreditNoteModel): Promise<void> {
    const whole = (await this.receivables.ancestors(receivable)).at(-1) ?? receivable;
    const facts = await this.documents.find(whole.id);
    if (!facts) throw receivableDocumentMissing('this node has no invoice of it', { receivable: receivable.id });
    const { amount, currency, invoiceNumbers } = creditNote;
    positiveMoney({ amount, currency }, facts.currency);
    if (invoiceNumbers.length > 0 && !invoiceNumbers.some((number) => normaliseNumber(number) === facts.numberKey)) {
      throw creditNoteMismatch(`it credits ${invoiceNumbers.join(', ')}, not ${facts.number}`, {
        field: '/invoiceNumbers',
        creditNote: invoiceNumbers,
        invoice: facts.number,
      });
    }
    await this.parties.requireOfCreditNote(creditNote, receivable);
  }
}
