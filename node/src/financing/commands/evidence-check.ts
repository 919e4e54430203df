import { Injectable } from '@nestjs/common';
import { type DisclosedDocument, isCommon, select, verifyDisclosure } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Parties } from '../../members/index.js';
import { Orders } from '../../orders/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { requireInstalmentShown } from '../../receivables/domain/instalments.js';
import { requireInvoiceOfOrders } from '../../receivables/domain/invoice-orders.js';
import { readPart } from '../../receivables/domain/split/part-terms.js';
import { LineageDocuments, type Receivable, SignedTags, TagChecks, TagStore } from '../../receivables/index.js';
import { evidenceInvalid } from '../domain/problems.js';
import type { EvidenceBody } from './envelopes.js';

/** Checks what a holder disclosed, before this lender keeps any of it. */
@Injectable()
export class EvidenceCheck {
  constructor(
    private readonly lineage: LineageDocuments,
    private readonly orders: Orders,
    private readonly parties: Parties,
    private readonly checks: TagChecks,
    private readonly tags: TagStore,
    private readonly signedTags: SignedTags,
  ) {}

  /**
   * The documents shown, each opening a commitment that the chain has of the receivable or its orders. Refuses with
   * EVIDENCE_INVALID, INSTALMENT_MISMATCH, FINGERPRINT_FALSE, ORDER_TAG_FALSE, TAG_COUNT_MISMATCH; DOCUMENT_PARTY_MISMATCH when a document is of
   * other parties than the members on chain, INVOICE_ORDER_MISMATCH when the invoice is not of these orders.
   */
  ofReceivable(receivable: Receivable, evidence: EvidenceBody): Promise<DisclosedDocument[]> {
    return receivable.parent === null ? this.ofWhole(receivable, evidence) : this.ofPart(receivable, evidence);
  }

  /** A part stands on the obligor's signature over its own document; the buyer, which is the obligor, vouches for the tags. */
  private async ofPart(receivable: Receivable, evidence: EvidenceBody): Promise<DisclosedDocument[]> {
    const { id, commitment, parent, orders, obligor } = receivable;
    const { documents, fields } = this.open(evidence, await this.lineage.ofReceivable(receivable));
    const shown = fields.get(commitment);
    const terms = shown && readPart(shown);
    if (terms?.parent !== parent) throw evidenceInvalid('the part’s own terms are not shown', { receivable: id });
    requireTagged(orders, evidence);
    for (const tags of evidence.orderTags) {
      await this.checks.requireBuyersWord(obligor, tags);
      await this.signedTags.keepOrderTags(tags);
    }
    return documents;
  }

  private async ofWhole(receivable: Receivable, evidence: EvidenceBody): Promise<DisclosedDocument[]> {
    const { documents, fields } = this.open(evidence, [
      ...(await this.lineage.ofReceivable(receivable)),
      ...(await this.lineage.proposedOn(receivable.orders)),
    ]);
    const invoice = fields.get(receivable.commitment);
    if (!invoice) throw evidenceInvalid('the invoice is not shown', { receivable: receivable.id });
    const given = evidence.fingerprints.map(({ tag }) => tag).join();
    if ((await this.tags.fingerprintsOf(receivable.id)).join() !== given) {
      throw evidenceInvalid('the fingerprints are not those of the chain', { receivable: receivable.id });
    }
    const identity = {
      issuer: entityAt(invoice, '/payee'),
      obligor: entityAt(invoice, '/payer'),
      number: required(invoice, '/number'),
      issueDate: required(invoice, '/issueDate'),
    };
    requireInstalmentShown(receivable, invoice);
    await this.parties.require(identity.issuer, receivable.supplier, '/payee/id');
    await this.parties.require(identity.obligor, receivable.obligor, '/payer/id');
    await this.checks.requireFingerprints(receivable.obligor, identity, evidence.fingerprints);
    await this.signedTags.keepFingerprints(receivable.id, evidence.fingerprints);
    const orders = await this.takeOrderTags(receivable.orders, evidence, fields);
    requireOf(orders, invoice);
    return documents;
  }

  /** The same for an order before delivery. */
  async ofOrder(order: Hex, evidence: EvidenceBody): Promise<DisclosedDocument[]> {
    const { documents, fields } = this.open(evidence, [
      ...(await this.lineage.ofOrder(order)),
      ...(await this.lineage.proposedOn([order])),
    ]);
    await this.takeOrderTags([order], evidence, fields);
    return documents;
  }

  private open({ documents }: EvidenceBody, expected: readonly { readonly root: Hex; readonly object: Hex }[]) {
    const objects = new Map(expected.map(({ root, object }) => [root, object]));
    const fields = new Map<Hex, DocumentFields>();
    // What the chain has settled meanwhile, say a dispute, is shown in vain, and no fault of who showed it.
    const wanted = documents.filter(({ root }) => objects.has(root));
    const shown = wanted.map(({ root, disclosure }): DisclosedDocument => {
      const verdict = verifyDisclosure(disclosure, root);
      if (!verdict.valid) throw evidenceInvalid(verdict.message, { root, code: verdict.code });
      fields.set(root, verdict.fields);
      return { root, object: objects.get(root)!, kind: required(verdict.fields, '/kind'), disclosure };
    });
    return { documents: shown, fields };
  }

  /** What is shown of each order has to name what its tags are over; answered in the orders' order. */
  private async takeOrderTags(
    ids: readonly Hex[],
    { orderTags }: EvidenceBody,
    fields: ReadonlyMap<Hex, DocumentFields>,
  ): Promise<DocumentFields[]> {
    requireTagged(ids, { orderTags });
    const found: DocumentFields[] = [];
    const orders = new Map((await this.orders.findMany(ids)).map((order) => [order.id, order]));
    for (const tags of orderTags) {
      const order = orders.get(tags.order)!;
      const shown = fields.get(order.commitment);
      if (!shown) throw evidenceInvalid('an order is not shown', { order: order.id });
      const identity = { buyer: entityAt(shown, '/buyer'), number: required(shown, '/number') };
      await this.parties.require(identity.buyer, order.buyer, '/buyer/id');
      await this.checks.requireOrderTags(order.buyer, identity, tags);
      await this.signedTags.keepOrderTags(tags);
      found.push(shown);
    }
    return found;
  }
}

function requireTagged(orders: readonly Hex[], { orderTags }: Pick<EvidenceBody, 'orderTags'>): void {
  if (orderTags.map(({ order }) => order).join() === orders.join()) return;
  const facts = { given: orderTags.length, required: orders.length };
  throw CONTRACT_PROBLEMS.OrderTagCountMismatch('tags are given of each order, in their order', facts);
}

/** Refuses with EVIDENCE_INVALID what shows more than the request's grant says. */
export function requireGranted(documents: readonly DisclosedDocument[], granted: readonly string[]): void {
  for (const { root, disclosure } of documents) {
    const within = new Set(select(disclosure.fields, granted).paths);
    const surplus = disclosure.fields.map(({ path }) => path).filter((path) => !within.has(path) && !isCommon(path));
    if (surplus.length > 0) throw evidenceInvalid('it shows more than was granted', { root, fields: surplus });
  }
}

function required(fields: DocumentFields, path: string): string {
  const value = fields.get(path);
  if (value === undefined) throw evidenceInvalid(`${path} is not shown`, { path });
  return value;
}

/** The legal entity of a party, `scheme:id`, as tags are over it. */
function entityAt(fields: DocumentFields, party: string): string {
  return `${fields.get(`${party}/scheme`) ?? ''}:${required(fields, `${party}/id`)}`;
}

/** An invoice of which no order number is shown is held against its orders' currency only. */
function requireOf(orders: readonly DocumentFields[], invoice: DocumentFields): void {
  const ordered = orders.map((order) => ({ number: required(order, '/number'), currency: order.get('/currency') }));
  const named = numbersIn(invoice);
  const orderNumbers = named.length > 0 ? named : ordered.map(({ number }) => number);
  requireInvoiceOfOrders({ currency: required(invoice, '/currency'), orderNumbers }, ordered);
}

/** Numbers of orders that the whole document or its lines name. */
function numbersIn(fields: DocumentFields): string[] {
  const names = /^\/orderNumbers\/\d+$|^\/lines\/\d+\/orderNumber$/;
  return [...fields].flatMap(([path, value]) => (names.test(path) ? [value] : []));
}
