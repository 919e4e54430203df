import { Injectable } from '@nestjs/common';
import { commit, DocumentVault, matches, PROFILES, type Profile, type StoredDocument } from '../../documents/index.js';
import { numberOf } from '../../fulfilment/domain/received-by-line.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { type OrderLine, LinesToMeet } from '../../receivables/domain/cover/line-meeting.js';
import { type DocumentFields, linesOf } from '../../receivables/domain/documents/fields.js';
import type { OrderTags, SignedTag } from '../../receivables/domain/tags.js';
import {
  type LineageCommitment,
  LineageDocuments,
  type Receivable,
  Receivables,
  SignedTags,
} from '../../receivables/index.js';
import type { EvidenceBody } from './envelopes.js';

/** Beside what a credit decision needs: what fingerprints and order tags are over, and what a confirmation says. */
const IDENTITY = ['/number', '/payer/id', '/payer/scheme', '/payee/id', '/payee/scheme', '/buyer/id', '/buyer/scheme'];
const SCOPE = ['/waivesSetOff', '/waivesDefences', '/withoutReceipt'];
/** Of a part of a split: what of it is covered, and what it is a part of. */
const PART = ['/covered', '/parent', '/parentConfirmation'];
/** Of a registration elsewhere. */
const REGISTRATION = ['/register', '/registeredAt', '/noticeGivenAt'];
const COLLECTIVE = ['/orderNumbers', '/lines/*/orderNumber'];
/** What is traded: shown only where lines meet by nothing else. */
const ITEMS = ['/lines/*/item', '/lines/*/buyerItem', '/lines/*/standardItem'];

/** All that a request's grant lets a lender see. */
export const MOST_SHOWN = [
  ...PROFILES.CREDIT_DECISION.patterns,
  ...IDENTITY,
  ...SCOPE,
  ...PART,
  ...REGISTRATION,
  ...COLLECTIVE,
  ...ITEMS,
];

/** Commitments of which a lender was sent an opening, and whether that shows what is traded. */
export type Shown = ReadonlyMap<Hex, boolean>;
const NOTHING: Shown = new Map();

/** Documents to show a lender, in the order in which it needs them. */
export interface Showing {
  readonly documents: EvidenceBody['documents'];
  /** Whether they show what is traded. */
  readonly items: boolean;
}

interface Placed {
  readonly document: StoredDocument;
  readonly orders: readonly Hex[];
}
/** Kinds whose lines refer to those of orders. */
const REFERRING = ['INVOICE', 'RECEIPT', 'DESPATCH'];

/** What goes with them in each letter. */
export type Signatures = Omit<EvidenceBody, 'documents'>;

/** What a holder shows a lender so that it can decide, and no more. */
@Injectable()
export class EvidenceBuilder {
  constructor(
    private readonly vault: DocumentVault,
    private readonly lineage: LineageDocuments,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly tags: SignedTags,
  ) {}

  /** Undefined while the buyer's tags of the orders are not here. */
  async signatures(object: Hex, onOrder: boolean): Promise<Signatures | undefined> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const orderTags = await this.tags.orderTags(receivable?.orders ?? [object]);
    const fingerprints = receivable ? await this.tags.fingerprints(receivable.id) : [];
    return orderTags && { fingerprints: copy(fingerprints), orderTags: orderTags.map(copyTags) };
  }

  /** All but what was `shown` well enough. What it takes to judge a claim comes first. */
  async documents(object: Hex, onOrder: boolean, shown = NOTHING): Promise<Showing> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const commitments = receivable ? await this.lineage.ofReceivable(receivable) : await this.lineage.ofOrder(object);
    const proposed = await this.proposed(object, receivable);
    const stored = await this.vault.atAll([...commitments, ...proposed]);
    const profile = profileFor(await this.placed(commitments, stored));
    const items = profile.patterns.includes(ITEMS[0]!);
    const judged = await this.judgedBy(object, onOrder);
    const places = [...commitments, ...proposed].sort((a, b) => rank(judged, a.root) - rank(judged, b.root));
    const documents = places.flatMap(({ root, object }) => {
      const document = stored.get(root);
      if (document?.object !== object || (shown.has(root) && !(items && !shown.get(root) && hasItems(document))))
        return [];
      return [{ root, object, disclosure: disclose(document, profile) }];
    });
    return { documents, items };
  }

  /** Documents with the orders whose lines theirs may meet: a collective invoice's are all those of its claim. */
  private async placed(
    places: readonly LineageCommitment[],
    stored: ReadonlyMap<Hex, StoredDocument>,
  ): Promise<Placed[]> {
    const found = places.map(async ({ root, object }) => {
      const document = stored.get(root);
      // An order's log may hold any root, another object's too: whoever wrote it there shows nothing by it.
      if (document?.object !== object) return [];
      const orders = document.document.kind === 'INVOICE' ? (await this.receivables.get(object)).orders : [object];
      return [{ document, orders }];
    });
    return (await Promise.all(found)).flat();
  }

  /** Versions of the orders behind a claim that await an answer; a part of a split stands on its own document. */
  async proposed(object: Hex, receivable: Receivable | undefined): Promise<LineageCommitment[]> {
    return receivable?.parent ? [] : this.lineage.proposedOn(receivable?.orders ?? [object]);
  }

  /** What it takes to judge a claim: its own document, its orders'. */
  async judgedBy(object: Hex, onOrder: boolean): Promise<Hex[]> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const orders = await this.orders.findMany(receivable?.orders ?? [object]);
    return [...(receivable ? [receivable.commitment] : []), ...orders.map(({ commitment }) => commitment)];
  }
}

function rank(judged: readonly Hex[], root: Hex): number {
  return judged.includes(root) ? 0 : 1;
}

function hasItems({ fields }: StoredDocument): boolean {
  return fields.some(({ path }) => isItem(path));
}

function isItem(path: string): boolean {
  return ITEMS.some((pattern) => matches(pattern, path));
}

function disclose({ fields, seed }: StoredDocument, profile: Profile) {
  return commit(fields, seed).disclose(profile);
}

function profileFor(documents: readonly Placed[]): Profile {
  const { patterns, ...profile } = PROFILES.CREDIT_DECISION;
  const items = hingesOnItems(documents) ? ITEMS : [];
  return {
    ...profile,
    patterns: [...patterns, ...IDENTITY, ...SCOPE, ...PART, ...REGISTRATION, ...COLLECTIVE, ...items],
  };
}

/** Whether a line of an invoice, a receipt or a despatch could meet another of its orders' lines if what is traded were shown. */
function hingesOnItems(documents: readonly Placed[]): boolean {
  const told = documents.map(({ document: { document, fields }, orders }) => {
    const shown = fields.filter(({ path }) => !isItem(path)).map(({ path, value }) => [path, value] as const);
    return { kind: document.kind, orders, fields: new Map(shown) };
  });
  const ordered = new Map(
    told.filter(({ kind }) => kind === 'ORDER').map(({ orders: [order], fields }) => [order!, fields]),
  );
  const met = new Map<string, LinesToMeet>();
  const linesToMeet = (orders: readonly Hex[]): LinesToMeet => {
    const key = orders.join();
    const lines = met.get(key) ?? new LinesToMeet(orders.flatMap((order) => orderLines(order, ordered.get(order))));
    met.set(key, lines);
    return lines;
  };
  return told.some(({ kind, orders, fields }) => {
    if (!REFERRING.includes(kind)) return false;
    const lines = linesToMeet(orders);
    return (linesOf(fields) ?? []).some(({ id, item: items, orderLine, orderNumber }) =>
      lines.hingesOnHidden({ id, items, orderLine, orderNumber: orderNumber && numberOf(orderNumber) }),
    );
  });
}

function orderLines(order: Hex, fields: DocumentFields = new Map()): OrderLine[] {
  const orderNumber = numberOf(fields.get('/number') ?? '');
  return (linesOf(fields) ?? []).map(({ id, item: items }) => ({ order, orderNumber, id, items }));
}

const copy = (tags: readonly SignedTag[]): SignedTag[] => [...tags];
const copyTags = ({ tags, ...rest }: OrderTags) => ({ ...rest, tags: copy(tags) });
