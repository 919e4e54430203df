import { Injectable } from '@nestjs/common';
import {
  commit,
  DocumentVault,
  Excerpts,
  matches,
  PROFILES,
  type Profile,
  type StoredDocument,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import {
  COLLECTIVE,
  type DocumentOfOrders,
  hingesOnItems,
  isItem,
  ITEMS,
  PART,
  SCOPE,
} from '../../receivables/domain/documents/deciding-fields.js';
import { type KnownTag, type OrderTags, withoutProof } from '../../receivables/domain/tags.js';
import {
  type LineageCommitment,
  LineageDocuments,
  type Receivable,
  Receivables,
  SignedTags,
} from '../../receivables/index.js';
import type { EvidenceBody } from './envelopes.js';

/** What fingerprints and order tags are over. */
const IDENTITY = ['/number', '/payer/id', '/payer/scheme', '/payee/id', '/payee/scheme', '/buyer/id', '/buyer/scheme'];
/** Of a registration elsewhere. */
const REGISTRATION = ['/register', '/registeredAt', '/noticeGivenAt'];

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
    private readonly excerpts: Excerpts,
  ) {}

  /** Undefined while the buyer's tags of the orders are not here. */
  async signatures(object: Hex, onOrder: boolean): Promise<Signatures | undefined> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const orderTags = await this.tags.orderTags(receivable?.orders ?? [object]);
    const fingerprints = receivable ? await this.tags.fingerprints(receivable.id) : [];
    // Of a part no order is shown: nothing there is to check them against, and its lender is not to guess at numbers.
    const words = receivable?.parent ? orderTags?.map(withoutProof) : orderTags;
    return words && { fingerprints: copy(fingerprints), orderTags: words.map(copyTags) };
  }

  /**
   * All but what was `shown` well enough, each as far as `granted` (patterns of fields): a grant made by an earlier release allows less, and
   * its lender refuses what is beyond it. What it takes to judge a claim comes first.
   */
  async documents(object: Hex, onOrder: boolean, granted: readonly string[], shown = NOTHING): Promise<Showing> {
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    const commitments = receivable ? await this.lineage.ofReceivable(receivable) : await this.lineage.ofOrder(object);
    const proposed = await this.proposed(object, receivable);
    const [stored, excerpts] = await Promise.all([
      this.vault.atAll([...commitments, ...proposed]),
      this.excerpts.at(commitments),
    ]);
    const inPart = new Map(excerpts.map(({ root, object, disclosure }) => [root, { root, object, disclosure }]));
    const profile = profileFor(await this.placed(commitments, stored), granted);
    const items = profile.patterns.includes(ITEMS[0]!);
    const judged = await this.judgedBy(object, onOrder);
    const places = [...commitments, ...proposed].sort((a, b) => rank(judged, a.root) - rank(judged, b.root));
    const documents = places.flatMap(({ root, object }) => {
      const document = stored.get(root);
      const excerpt = document ? undefined : inPart.get(root);
      if (excerpt && !shown.has(root)) return [excerpt];
      if (document?.object !== object || (shown.has(root) && !(items && !shown.get(root) && hasItems(document))))
        return [];
      return [{ root, object, disclosure: disclose(document, profile) }];
    });
    return { documents, items };
  }

  private async placed(
    places: readonly LineageCommitment[],
    stored: ReadonlyMap<Hex, StoredDocument>,
  ): Promise<DocumentOfOrders[]> {
    const found = places.map(async ({ root, object }) => {
      const document = stored.get(root);
      // An order's log may hold any root, another object's too: whoever wrote it there shows nothing by it.
      if (document?.object !== object) return [];
      const { kind } = document.document;
      const orders = kind === 'INVOICE' ? (await this.receivables.get(object)).orders : [object];
      return [{ kind, fields: document.fields, orders }];
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

function disclose({ fields, seed }: StoredDocument, profile: Profile) {
  return commit(fields, seed).disclose(profile);
}

function profileFor(documents: readonly DocumentOfOrders[], granted: readonly string[]): Profile {
  const untold = new Set(hingesOnItems(documents) ? [] : ITEMS);
  const patterns = MOST_SHOWN.filter((each) => !untold.has(each) && granted.some((grant) => matches(grant, each)));
  return { ...PROFILES.CREDIT_DECISION, patterns };
}

const copy = (tags: readonly KnownTag[]): KnownTag[] => [...tags];
const copyTags = ({ tags, ...rest }: OrderTags) => ({ ...rest, tags: copy(tags) });
