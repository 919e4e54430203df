import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import {
  commit,
  type DocumentPlace,
  DocumentVault,
  isCommon,
  Profiles,
  type StoredDocument,
} from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { toBytes, toHex } from '../../kernel/hex.js';
import { inPortions, jsonBytes } from '../../kernel/portions.js';
import type { Grant } from '../domain/grant.js';
import { scopeOf } from '../queries/scope.js';
import { Subjects } from '../queries/subjects.js';
import type { KnownGrant } from '../storage/grant.store.js';
import { type DocumentsBody, MOST_DOCUMENTS } from './envelopes.js';
import { Showing } from './showing.js';

/** What one letter shows; a larger document goes alone. All versions of a long order are more than a letter may have. */
const LETTER = { bytes: 1024 * 1024, items: MOST_DOCUMENTS };

/** What an owner's node gives out under a grant while it stands: the fields granted of each document, once. */
@Injectable()
export class HandOut {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: DocumentVault,
    private readonly subjects: Subjects,
    private readonly profiles: Profiles,
    private readonly showing: Showing,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Sends the grantee what it has not been sent, with `after` once that submission is included; it counts as sent once the current
   * unit of work commits. Nothing before the grant begins, which is when `KeepGrants` asks again, and nothing after its end.
   */
  async run(known: KnownGrant, after?: string): Promise<void> {
    if (!this.showing.begun(known)) return;
    const { id, grantee } = known.grant;
    for (const documents of inPortions(await this.next(known.grant), jsonBytes, LETTER)) {
      const body = { documents } satisfies DocumentsBody;
      await this.exchange.send({ to: grantee, type: 'grant.documents', object: id, body, after });
    }
  }

  private async next(grant: Grant): Promise<DocumentsBody['documents']> {
    const missing = await this.missing(grant);
    if (missing.length === 0) return [];
    const stored = [...(await this.vault.atAll(missing)).values()];
    const documents = stored.flatMap((document) => this.disclose(grant, document));
    await this.unitOfWork.manager.query(
      'INSERT INTO granted_out (grant_id, root) SELECT $1, * FROM unnest($2::bytea[]) ON CONFLICT DO NOTHING',
      [toBytes(grant.id), stored.map(({ root }) => toBytes(root))],
    );
    return documents;
  }

  private async missing(grant: Grant): Promise<DocumentPlace[]> {
    const sent = await this.unitOfWork.manager.query<{ root: Buffer }[]>(
      'SELECT root FROM granted_out WHERE grant_id = $1',
      [toBytes(grant.id)],
    );
    const known = new Set(sent.map(({ root }) => toHex(root)));
    return (await this.subjects.documents(grant)).filter(({ root }) => !known.has(root));
  }

  private disclose({ purpose, profile, fields: patterns, approval }: Grant, { root, fields, seed }: StoredDocument) {
    const { allowed, beyond } = scopeOf(fields, patterns, this.profiles.require(purpose, profile));
    const paths = approval ? [...allowed, ...beyond] : allowed;
    const common = fields.map(({ path }) => path).filter(isCommon);
    return paths.length === 0 ? [] : [{ root, disclosure: commit(fields, seed).open([...common, ...paths]) }];
  }
}
