import { documentOf, importDocument } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { Members } from '../../members/index.js';
import { OrderContents, Orders } from '../../orders/index.js';
import { requireInvoiceOfOrders } from '../domain/invoice-orders.js';
import { Receivables } from '../queries/receivables.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { documentFacts } from './document-facts.js';
import { type ReceivableDocumentBody, receivableDocumentBody } from './envelopes.js';
import { InvoiceParties } from './invoice-parties.js';
import { Papers } from './papers.js';

/** Takes in the invoice behind a receivable that this obligor owes, if it comes to the root on chain and fits its orders. */
@EnvelopeHandler('receivable.document', { body: receivableDocumentBody })
export class ReceiveReceivableDocument implements EnvelopeProcessor<ReceivableDocumentBody> {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly parties: InvoiceParties,
    private readonly documents: ReceivableDocuments,
    private readonly papers: Papers,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<ReceivableDocumentBody>): Promise<void> {
    const [receivable, self] = await Promise.all([this.receivables.get(object), this.members.self()]);
    if (receivable.supplier !== from.id || receivable.obligor !== self.id) {
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('the invoice comes from its supplier to its obligor', {
        receivable: object,
        member: from.id,
      });
    }
    const imported = importDocument(Buffer.from(body.document, 'base64'), body.mediaType, { kind: 'INVOICE' });
    const document = documentOf(imported, 'INVOICE');
    const subject = { orders: receivable.orders, receivable: object, instalment: body.instalment };
    const paper = this.papers.rebuild(subject, document, body.seed);
    const orders = await Promise.all(receivable.orders.map((order) => this.orders.get(order)));
    const contents = await Promise.all(orders.map((order) => this.contents.require(order)));
    requireInvoiceOfOrders(
      document.model,
      contents.map((content) => content.document.model),
    );
    await this.parties.requireOfInvoice(document.model, receivable);
    // Of one that was erased nothing is kept in the clear again.
    if (!(await this.papers.take(subject, paper, [receivable.commitment]))) return;
    const origin = { receivable: object, root: paper.root, counterparty: receivable.supplier, submission: null };
    await this.documents.add(documentFacts(document.model, body.instalment, origin));
  }
}
