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

/** Documents behind these roots that were shown, and judged as far as could be, before. */
export type Held = (roots: readonly Hex[]) => Promise<readonly DisclosedDocument[]>;
const NOTHING: Held = () => Promise.resolve([]);

/** What was shown. */
export interface Checked {
  /** Each opens a commitment that the chain has of the claim. */
  readonly documents: DisclosedDocument[];
  /** Whether all that it takes to judge the claim is here, with what is held already. */
  readonly complete: boolean;
}

type Shown = ReadonlyMap<Hex, DocumentFields>;
type Place = Pick<DisclosedDocument, 'root' | 'object'>;

/**
 * Checks what a holder disclosed, before this lender keeps any of it. What it shows may come in portions: each is judged with what is held
 * already, as far as that goes.
 */
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
   * Refuses with EVIDENCE_INVALID, INSTALMENT_MISMATCH, FINGERPRINT_FALSE, ORDER_TAG_FALSE, TAG_COUNT_MISMATCH; DOCUMENT_PARTY_MISMATCH when
   * a document is of other parties than the members on chain, INVOICE_ORDER_MISMATCH when the invoice is not of these orders.
   */
  ofReceivable(receivable: Receivable, evidence: EvidenceBody, held = NOTHING): Promise<Checked> {
    const { parent } = receivable;
    return parent === null ? this.ofWhole(receivable, evidence, held) : this.ofPart(receivable, evidence, held);
  }

  /** A part stands on the obligor's signature over its own document; the buyer, which is the obligor, vouches for the tags. */
  private async ofPart(receivable: Receivable, evidence: EvidenceBody, held: Held): Promise<Checked> {
    const { id, commitment, parent, orders, obligor } = receivable;
    const documents = open(evidence, await this.lineage.ofReceivable(receivable));
    const shown = (await together(documents, [commitment], held)).get(commitment);
    if (shown && readPart(shown)?.parent !== parent) {
      throw evidenceInvalid('the part’s own terms are not shown', { receivable: id });
    }
    requireTagged(orders, evidence);
    for (const tags of evidence.orderTags) {
      await this.checks.requireBuyersWord(obligor, tags);
      await this.signedTags.keepOrderTags(tags);
    }
    return { documents, complete: shown !== undefined };
  }

  private async ofWhole(receivable: Receivable, evidence: EvidenceBody, held: Held): Promise<Checked> {
    const documents = open(evidence, [
      ...(await this.lineage.ofReceivable(receivable)),
      ...(await this.lineage.proposedOn(receivable.orders)),
    ]);
    const given = evidence.fingerprints.map(({ tag }) => tag).join();
    if ((await this.tags.fingerprintsOf(receivable.id)).join() !== given) {
      throw evidenceInvalid('the fingerprints are not those of the chain', { receivable: receivable.id });
    }
    const orders = await this.orders.findMany(receivable.orders);
    const roots = [receivable.commitment, ...orders.map(({ commitment }) => commitment)];
    const shown = await together(documents, roots, held);
    const invoice = shown.get(receivable.commitment);
    if (invoice) await this.takeInvoice(receivable, evidence, invoice);
    await this.takeOrderTags(receivable.orders, evidence, shown);
    const complete = roots.every((root) => shown.has(root));
    if (invoice && complete)
      requireOf(
        orders.map(({ commitment }) => shown.get(commitment)!),
        invoice,
      );
    return { documents, complete };
  }

  /** The same for an order before delivery. */
  async ofOrder(id: Hex, evidence: EvidenceBody, held = NOTHING): Promise<Checked> {
    const documents = open(evidence, [...(await this.lineage.ofOrder(id)), ...(await this.lineage.proposedOn([id]))]);
    const { commitment } = await this.orders.get(id);
    const shown = await together(documents, [commitment], held);
    await this.takeOrderTags([id], evidence, shown);
    return { documents, complete: shown.has(commitment) };
  }

  private async takeInvoice(
    receivable: Receivable,
    { fingerprints }: EvidenceBody,
    invoice: DocumentFields,
  ): Promise<void> {
    const identity = {
      issuer: entityAt(invoice, '/payee'),
      obligor: entityAt(invoice, '/payer'),
      number: required(invoice, '/number'),
      issueDate: required(invoice, '/issueDate'),
    };
    requireInstalmentShown(receivable, invoice);
    await this.parties.require(identity.issuer, receivable.supplier, '/payee/id');
    await this.parties.require(identity.obligor, receivable.obligor, '/payer/id');
    await this.checks.requireFingerprints(receivable.obligor, identity, fingerprints);
    await this.signedTags.keepFingerprints(receivable.id, fingerprints);
  }

  /** What is shown of an order has to name what its tags are over. */
  private async takeOrderTags(ids: readonly Hex[], { orderTags }: EvidenceBody, shown: Shown): Promise<void> {
    requireTagged(ids, { orderTags });
    const orders = new Map((await this.orders.findMany(ids)).map((order) => [order.id, order]));
    for (const tags of orderTags) {
      const order = orders.get(tags.order)!;
      const fields = shown.get(order.commitment);
      if (!fields) continue;
      const identity = { buyer: entityAt(fields, '/buyer'), number: required(fields, '/number') };
      await this.parties.require(identity.buyer, order.buyer, '/buyer/id');
      await this.checks.requireOrderTags(order.buyer, identity, tags);
      await this.signedTags.keepOrderTags(tags);
    }
  }
}

/** What opens a commitment of the chain's. What the chain has settled meanwhile, say a dispute, is shown in vain, and no fault of who showed it. */
function open({ documents }: EvidenceBody, expected: readonly Place[]): DisclosedDocument[] {
  const objects = new Map(expected.map(({ root, object }) => [root, object]));
  const wanted = documents.filter(({ root }) => objects.has(root));
  return wanted.map(({ root, disclosure }): DisclosedDocument => {
    const verdict = verifyDisclosure(disclosure, root);
    if (!verdict.valid) throw evidenceInvalid(verdict.message, { root, code: verdict.code });
    return { root, object: objects.get(root)!, kind: required(verdict.fields, '/kind'), disclosure };
  });
}

/** The fields behind these roots that are shown now, or were before. */
async function together(documents: readonly DisclosedDocument[], roots: readonly Hex[], held: Held): Promise<Shown> {
  const now = documents.filter(({ root }) => roots.includes(root));
  const before = await held(roots.filter((root) => !now.some((document) => document.root === root)));
  return new Map([...before, ...now].map(({ root, disclosure }) => [root, fieldsOf(disclosure)]));
}

function fieldsOf({ fields }: DisclosedDocument['disclosure']): DocumentFields {
  return new Map(fields.map(({ path, value }) => [path, value]));
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
