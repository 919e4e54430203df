import { Injectable } from '@nestjs/common';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import type { Receivable } from '../domain/receivable.js';
import { Receivables } from '../queries/receivables.js';
import { type ReceivableDocumentFacts, ReceivableDocuments } from '../storage/receivable-documents.js';
import { ReceivableStore } from '../storage/receivable.store.js';

/** Confirmations of this obligor that take what another would take: the same invoice, or goods of the same orders. */
@Injectable()
export class OtherConfirmations {
  constructor(
    private readonly receivables: Receivables,
    private readonly store: ReceivableStore,
    private readonly documents: ReceivableDocuments,
    private readonly submissions: Submissions,
  ) {}

  /**
   * Refuses with TRY_AGAIN while one is on its way, since neither cover nor fingerprints show yet what it takes. Until the unit of
   * work ends, others who confirm over the same invoice number or orders wait.
   */
  async requireNone({ id, orders }: Receivable, invoice: ReceivableDocumentFacts): Promise<void> {
    await this.documents.lockNumber(invoice.numberKey);
    await this.store.lockOrders(orders);
    const { counterparty, numberKey, issueDate } = invoice;
    const born = (await this.receivables.bornFrom(orders)).map((receivable) => receivable.id);
    const copies = (await this.documents.ofInvoice(counterparty, numberKey, issueDate)).map((copy) => copy.receivable);
    const others = new Set<Hex>([...born, ...copies]);
    others.delete(id);
    const [receivable] = await this.submissions.underWay('confirmReceivable', [...others]);
    if (!receivable) return;
    const facts = { receivable, retryAfterSeconds: 1 };
    throw tryAgain('another claim over the same goods or the same invoice is being confirmed', facts);
  }
}
