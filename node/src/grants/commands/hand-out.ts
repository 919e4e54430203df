import { Injectable, Logger } from '@nestjs/common';
import {
  commit,
  type Disclosure,
  type DisclosedDocument,
  type DocumentPlace,
  DocumentVault,
  Excerpts,
  type Field,
  isCommon,
  narrow,
  Profiles,
  type StoredDocument,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { inPortions, jsonBytes } from '../../kernel/portions.js';
import { OthersRegistrations } from '../../receivables/index.js';
import type { Grant } from '../domain/grant.js';
import { scopeOf } from '../queries/scope.js';
import { Subjects } from '../queries/subjects.js';
import type { KnownGrant } from '../storage/grant.store.js';
import { GrantedOut } from '../storage/granted-out.js';
import { type DocumentsBody, MOST_DOCUMENTS } from './envelopes.js';
import { Showing } from './showing.js';

/** Of a letter's body beside its documents, and more. */
const FORM_BYTES = 1024;

/** What one letter shows; a larger document goes alone. All versions of a long order are more than a letter may have. */
const LETTER_BYTES = 1024 * 1024;

/** A document, or what this member has of one. */
interface Shown {
  readonly root: Hex;
  readonly kind: string;
  readonly fields: readonly Field[];
  /** Of these paths, each of one of its fields. */
  open(paths: readonly string[]): Disclosure;
}

/** What an owner's node gives out under a grant while it stands: the fields granted of each document, once, and nothing of a lender's registration. */
@Injectable()
export class HandOut {
  private readonly logger = new Logger(HandOut.name);

  constructor(
    private readonly out: GrantedOut,
    private readonly vault: DocumentVault,
    private readonly excerpts: Excerpts,
    private readonly subjects: Subjects,
    private readonly registrations: OthersRegistrations,
    private readonly profiles: Profiles,
    private readonly showing: Showing,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Sends the grantee what it has not been sent, with `after` once that submission is included; it counts as sent once the current
   * unit of work commits. Nothing before the grant begins, which is when `KeepGrants` asks again, and nothing after its end. What no letter
   * takes is left out for good, and noted for who made the grant.
   */
  async run(known: KnownGrant, after?: string): Promise<void> {
    if (!this.showing.begun(known)) return;
    const { id, grantee } = known.grant;
    const most = this.exchange.largestBody - FORM_BYTES;
    const limits = { bytes: Math.min(LETTER_BYTES, most), items: MOST_DOCUMENTS };
    for (const documents of inPortions(await this.next(known.grant, most), jsonBytes, limits)) {
      const body = { documents } satisfies DocumentsBody;
      await this.exchange.send({ to: grantee, type: 'grant.documents', object: id, body, after });
    }
  }

  /** Of what is new what a letter takes: `most` bytes, the rest of it is for its form. */
  private async next(grant: Grant, most: number): Promise<DocumentsBody['documents']> {
    const { id } = grant;
    const missing = await this.missing(grant);
    if (missing.length === 0) return [];
    const whole = await this.vault.atAll(missing);
    const inPart = await this.excerpts.at(missing.filter(({ root }) => !whole.has(root)));
    const stored = [...[...whole.values()].map(opened), ...inPart.map(openedInPart)];
    const hidden = await this.registrations.among(stored, [grant.object]);
    const documents = stored.flatMap((document) => (hidden.has(document.root) ? [] : this.disclose(grant, document)));
    const beyond = new Set(documents.filter((each) => jsonBytes(each) > most).map(({ root }) => root));
    const rootsIn = (isBeyond: boolean) =>
      stored.map(({ root }) => root).filter((root) => beyond.has(root) === isBeyond);
    await this.out.add(id, rootsIn(false));
    if (beyond.size > 0) {
      await this.out.add(id, rootsIn(true), { tooLarge: true });
      this.logger.warn(
        { grant: id, documents: [...beyond] },
        'what is granted of a document is more than any letter takes',
      );
    }
    return documents.filter(({ root }) => !beyond.has(root));
  }

  private async missing(grant: Grant): Promise<DocumentPlace[]> {
    const known = await this.out.of(grant.id);
    return (await this.subjects.documents(grant)).filter(({ root }) => !known.has(root));
  }

  private disclose({ purpose, profile, fields: patterns, approval }: Grant, { root, fields, open }: Shown) {
    const { allowed, beyond } = scopeOf(fields, patterns, this.profiles.require(purpose, profile));
    const paths = approval ? [...allowed, ...beyond] : allowed;
    const common = fields.map(({ path }) => path).filter(isCommon);
    return paths.length === 0 ? [] : [{ root, disclosure: open([...common, ...paths]) }];
  }
}

function opened({ root, fields, seed, document: { kind } }: StoredDocument): Shown {
  return { root, kind, fields, open: (paths) => commit(fields, seed).open(paths) };
}

function openedInPart({ root, kind, disclosure }: DisclosedDocument): Shown {
  return { root, kind, fields: disclosure.fields, open: (paths) => narrow(disclosure, paths) };
}
