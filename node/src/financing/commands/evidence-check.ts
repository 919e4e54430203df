import { Injectable } from '@nestjs/common';
import { type DisclosedDocument, isCommon, select, verifyDisclosure } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Parties } from '../../members/index.js';
import { type Order, Orders } from '../../orders/index.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { requireInstalmentShown } from '../../receivables/domain/instalments.js';
import { readPart } from '../../receivables/domain/split/part-terms.js';
import { isSameWord, withoutProof } from '../../receivables/domain/tags.js';
import {
  LineageDocuments,
  type OrderTags,
  type Receivable,
  SignedTags,
  TagChecks,
  TagStore,
} from '../../receivables/index.js';
import { evidenceInvalid } from '../domain/problems.js';
import type { Held } from '../storage/evidence.store.js';
import type { EvidenceBody } from './envelopes.js';

/** Of a claim of which nothing was shown before. */
export const NOTHING_HELD: Held = { has: () => Promise.resolve([]), at: () => Promise.resolve([]) };

type Shown = ReadonlyMap<Hex, DocumentFields>;
type Place = Pick<DisclosedDocument, 'root' | 'object'>;

/** By what tags are judged: what a letter shows, what it showed before, and which of it are versions that await an answer. */
interface Basis {
  readonly shown: Shown;
  readonly held: Held;
  readonly proposed: readonly Place[];
}

/**
 * Checks what a holder disclosed, before this lender keeps any of it. What it shows may come in portions: each is judged by itself, what is
 * held already stays closed. Whether all fits together is for {@link WholeCheck}, once all is here.
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
   * What of it opens a commitment that the chain has of the claim. Refuses with EVIDENCE_INVALID, INSTALMENT_MISMATCH, FINGERPRINT_FALSE,
   * ORDER_TAG_FALSE, TAG_COUNT_MISMATCH; DOCUMENT_PARTY_MISMATCH when a document is of other parties than the members on chain.
   */
  ofReceivable(receivable: Receivable, evidence: EvidenceBody, held = NOTHING_HELD): Promise<DisclosedDocument[]> {
    const { parent } = receivable;
    return parent === null ? this.ofWhole(receivable, evidence, held) : this.ofPart(receivable, evidence);
  }

  /** A part stands on the obligor's signature over its own document; the buyer, which is the obligor, vouches for the tags. */
  private async ofPart(receivable: Receivable, evidence: EvidenceBody): Promise<DisclosedDocument[]> {
    const { id, commitment, parent, orders, obligor } = receivable;
    const documents = open(evidence, await this.lineage.ofReceivable(receivable));
    const shown = fieldsBehind(documents).get(commitment);
    if (shown && readPart(shown)?.parent !== parent) {
      throw evidenceInvalid('the part’s own terms are not shown', { receivable: id });
    }
    requireTagged(orders, evidence);
    for (const tags of shown ? evidence.orderTags : await this.news(obligor, evidence.orderTags)) {
      await this.checks.requireBuyersWord(obligor, tags);
      await this.signedTags.keepOrderTags(withoutProof(tags));
    }
    return documents;
  }

  private async ofWhole(receivable: Receivable, evidence: EvidenceBody, held: Held): Promise<DisclosedDocument[]> {
    const proposed = await this.lineage.proposedOn(receivable.orders);
    const documents = open(evidence, [...(await this.lineage.ofReceivable(receivable)), ...proposed]);
    const given = evidence.fingerprints.map(({ tag }) => tag).join();
    if ((await this.tags.fingerprintsOf(receivable.id)).join() !== given) {
      throw evidenceInvalid('the fingerprints are not those of the chain', { receivable: receivable.id });
    }
    const shown = fieldsBehind(documents);
    const invoice = shown.get(receivable.commitment);
    if (invoice) await this.takeInvoice(receivable, evidence, invoice);
    await this.takeOrderTags(receivable.orders, evidence, { shown, held, proposed });
    return documents;
  }

  /** The same for an order before delivery. */
  async ofOrder(id: Hex, evidence: EvidenceBody, held = NOTHING_HELD): Promise<DisclosedDocument[]> {
    const proposed = await this.lineage.proposedOn([id]);
    const documents = open(evidence, [...(await this.lineage.ofOrder(id)), ...proposed]);
    await this.takeOrderTags([id], evidence, { shown: fieldsBehind(documents), held, proposed });
    return documents;
  }

  /** What is shown of an order has to name what its tags are over. Refuses as {@link ofReceivable} does. */
  async requireTrue(order: Order, fields: DocumentFields, tags: OrderTags): Promise<void> {
    const identity = { buyer: entityAt(fields, '/buyer'), number: required(fields, '/number') };
    await this.parties.require(identity.buyer, order.buyer, '/buyer/id');
    await this.checks.requireOrderTags(order.buyer, identity, tags);
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

  /**
   * Tags are judged when their order is shown. Of an order that was shown before, those that are news alone; by a version that is merely
   * proposed, those of which there are no others.
   */
  private async takeOrderTags(ids: readonly Hex[], { orderTags }: EvidenceBody, by: Basis): Promise<void> {
    requireTagged(ids, { orderTags });
    const orders = new Map((await this.orders.findMany(ids)).map((order) => [order.id, order]));
    const known = await this.signedTags.known(ids);
    for (const tags of orderTags) {
      const order = orders.get(tags.order)!;
      const kept = known.get(tags.order);
      const now = by.shown.get(order.commitment);
      if (!now && !(await this.isNews(order.buyer, tags, kept))) continue;
      const [before] = now ? [] : await by.held.at([order.commitment]);
      const proposed = kept ? undefined : by.proposed.find(({ object }) => object === order.id);
      const fields = now ?? (before ? fieldsOf(before) : proposed && by.shown.get(proposed.root));
      if (!fields) continue;
      await this.requireTrue(order, fields, tags);
      await this.signedTags.keepOrderTags(tags);
    }
  }

  private async news(obligor: number, orderTags: readonly OrderTags[]): Promise<OrderTags[]> {
    const known = await this.signedTags.known(orderTags.map(({ order }) => order));
    const news: OrderTags[] = [];
    for (const tags of orderTags) if (await this.isNews(obligor, tags, known.get(tags.order))) news.push(tags);
    return news;
  }

  /** Not beside `kept` ones those that lack a tag key: an order's are here once, and who shows another claim on it may have the earlier yet. */
  private async isNews(buyer: number, tags: OrderTags, kept: OrderTags | undefined): Promise<boolean> {
    return !kept || !(isSameWord(kept, tags) || (await this.checks.areOutdated(buyer, tags)));
  }
}

/** What opens a commitment of the chain's. What the chain has settled meanwhile, say a dispute, is shown in vain, and no fault of who showed it. */
function open({ documents }: EvidenceBody, expected: readonly Place[]): DisclosedDocument[] {
  // By both: an order's log may hold the root of a claim's own document.
  const places = new Set(expected.map(({ root, object }) => `${root} ${object}`));
  const wanted = documents.filter(({ root, object }) => places.has(`${root} ${object}`));
  return wanted.map(({ root, object, disclosure }): DisclosedDocument => {
    const verdict = verifyDisclosure(disclosure, root);
    if (!verdict.valid) throw evidenceInvalid(verdict.message, { root, code: verdict.code });
    return { root, object, kind: required(verdict.fields, '/kind'), disclosure };
  });
}

function fieldsBehind(documents: readonly DisclosedDocument[]): Shown {
  return new Map(documents.map((document) => [document.root, fieldsOf(document)]));
}

export function fieldsOf({ disclosure: { fields } }: DisclosedDocument): DocumentFields {
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

export function required(fields: DocumentFields, path: string): string {
  const value = fields.get(path);
  if (value === undefined) throw evidenceInvalid(`${path} is not shown`, { path });
  return value;
}

/** The legal entity of a party, `scheme:id`, as tags are over it. */
function entityAt(fields: DocumentFields, party: string): string {
  return `${fields.get(`${party}/scheme`) ?? ''}:${required(fields, `${party}/id`)}`;
}
