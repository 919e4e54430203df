import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains } from '../../chain/index.js';
import type { InvoiceModel, TradeDocument } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import { Members } from '../../members/index.js';
import { requireNoFramework } from '../../orders/domain/framework.js';
import { requireParty } from '../../orders/domain/require-act.js';
import { Materialise, type Order, OrderContents, Orders, toDocumentBody } from '../../orders/index.js';
import { Submissions } from '../../submissions/index.js';
import { requireInvoiceOfOrders } from '../domain/invoice-orders.js';
import { receivableIdOf } from '../domain/receivable-id.js';
import { Receivables } from '../queries/receivables.js';
import { ReceivableDocuments } from '../storage/receivable-documents.js';
import { documentFacts } from './document-facts.js';
import type { ReceivableDocumentBody } from './envelopes.js';
import { InvoiceParties } from './invoice-parties.js';
import { Papers } from './papers.js';
import { invoiceAlreadyIssued } from '../domain/problems.js';
import { ReceivableDesk } from './receivable-desk.js';

/** What the supplier issued: a receivable for each due date, the first of them in `id`. */
export interface IssuedReceivables {
  readonly id: Hex;
  /** Of the last one: once it is included, so are those before. */
  readonly submission: string;
}

/** The supplier turns an invoice on its orders into receivables. */
@Injectable()
export class IssueReceivable {
  constructor(
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly parties: InvoiceParties,
    private readonly receivables: Receivables,
    private readonly documents: ReceivableDocuments,
    private readonly papers: Papers,
    private readonly desk: ReceivableDesk,
    private readonly submissions: Submissions,
    private readonly materialise: Materialise,
    private readonly exchange: Exchange,
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
  ) {}

  /**
   * Refuses with INVOICE_ORDER_MISMATCH or DOCUMENT_PARTY_MISMATCH, naming the field, an invoice that is not of these
   * orders; ORDER_INVALID_STATUS when one is not in force; AMOUNT_INVALID when nothing is payable; INVOICE_ALREADY_ISSUED
   * while a receivable over the same invoice stands (rule 2), unless it is the one that this is to replace.
   */
  async run(
    orderIds: readonly Hex[],
    document: TradeDocument<InvoiceModel>,
    { replaces }: { replaces?: Hex } = {},
  ): Promise<IssuedReceivables> {
    const orders = await this.inForce(orderIds);
    const invoice = document.model;
    const contents = await Promise.all(orders.map((order) => this.contents.require(order)));
    requireInvoiceOfOrders(
      invoice,
      contents.map((content) => content.document.model),
    );
    const { buyer: obligor, supplier } = orders[0]!;
    await this.parties.requireOfInvoice(invoice, { obligor, supplier });
    positiveMoney({ amount: invoice.amount, currency: invoice.currency });
    await this.requireNew(invoice, obligor, replaces);
    await this.materialise.ensure(...orders.map(({ id }) => id));
    const issued: IssuedReceivables[] = [];
    for (const place of invoice.instalments.keys()) issued.push(await this.issue(orders, document, place));
    return { id: issued[0]!.id, submission: issued.at(-1)!.submission };
  }

  /** The orders in the order that the contract asks for; all of this supplier and one buyer, accepted or completed. */
  private async inForce(ids: readonly Hex[]): Promise<Order[]> {
    const self = await this.members.self();
    this.members.requireMayBegin(self, 'SUPPLIER');
    const orders = await Promise.all([...new Set(ids)].sort().map((id) => this.orders.get(id)));
    for (const order of orders) {
      requireParty(order, self.id, ['SUPPLIER']);
      if (order.buyer !== orders[0]!.buyer) {
        throw CONTRACT_PROBLEMS.OrderUnauthorized('the orders are of different buyers', { order: order.id });
      }
      requireNoFramework(order);
      if (order.status === 'ACCEPTED' || order.status === 'COMPLETED') continue;
      const facts = { order: order.id, status: order.status };
      throw CONTRACT_PROBLEMS.OrderInvalidStatus(`nothing is invoiced on an order that is ${order.status}`, facts);
    }
    return orders;
  }

  private async requireNew({ number, issueDate }: InvoiceModel, obligor: number, replaces?: Hex): Promise<void> {
    const numberKey = normaliseNumber(number);
    await this.documents.lockNumber(numberKey);
    for (const { receivable, submission } of await this.documents.ofInvoice(obligor, numberKey, issueDate)) {
      if (receivable === replaces || !(await this.stands(receivable, submission))) continue;
      throw invoiceAlreadyIssued(`invoice ${number} of ${issueDate} backs a receivable already`, { receivable });
    }
  }

  private async stands(receivable: Hex, submission: string | null): Promise<boolean> {
    const known = await this.receivables.find(receivable);
    if (known) return known.status !== 'VOID';
    const { status } = submission ? await this.submissions.get(submission) : { status: 'REFUSED' };
    return status !== 'REFUSED' && status !== 'REVERTED';
  }

  private async issue(
    orders: readonly Order[],
    document: TradeDocument<InvoiceModel>,
    instalment: number,
  ): Promise<IssuedReceivables> {
    const random = toHex(randomBytes(32));
    const sender = this.keyring.operator.address;
    const id = receivableIdOf(this.domains.of('ReceivableRegistry'), sender, random);
    const ids = orders.map((order) => order.id);
    const { root, seed } = await this.papers.write({ orders: ids, receivable: id, instalment }, document);
    const holder = this.keyring.oneTime(id).address;
    const submission = await this.desk.submit({
      act: 'issueReceivable',
      object: id,
      fn: 'issue',
      args: [ids, root, holder, random],
    });
    const { buyer } = orders[0]!;
    await this.documents.add(
      documentFacts(document.model, instalment, { receivable: id, root, counterparty: buyer, submission }),
    );
    const body = { ...toDocumentBody(document, seed), instalment } satisfies ReceivableDocumentBody;
    await this.exchange.send({ to: buyer, type: 'receivable.document', object: id, body, after: submission });
    return { id, submission };
  }
}
