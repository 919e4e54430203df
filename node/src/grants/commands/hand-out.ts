import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { commit, DocumentVault, isCommon, Profiles, type StoredDocument } from '../../documents/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Grant } from '../domain/grant.js';
import { scopeOf } from '../queries/scope.js';
import { Subjects } from '../queries/subjects.js';
import type { DocumentsBody } from './envelopes.js';

/** What an owner's node gives out under a grant: the fields granted of each document, once. */
@Injectable()
export class HandOut {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: DocumentVault,
    private readonly subjects: Subjects,
    private readonly profiles: Profiles,
  ) {}

  /** Disclosures that the grantee has not been sent; they count as sent once the current unit of work commits. */
  async next(grant: Grant): Promise<DocumentsBody['documents']> {
    const roots = await this.missing(grant);
    if (roots.length === 0) return [];
    const stored = [...(await this.vault.byRoots(roots)).values()];
    const documents = stored.flatMap((document) => this.disclose(grant, document));
    await this.unitOfWork.manager.query(
      'INSERT INTO granted_out (grant_id, root) SELECT $1, * FROM unnest($2::bytea[]) ON CONFLICT DO NOTHING',
      [toBytes(grant.id), stored.map(({ root }) => toBytes(root))],
    );
    return documents;
  }

  private async missing(grant: Grant): Promise<Hex[]> {
    const sent = await this.unitOfWork.manager.query<{ root: Buffer }[]>(
      'SELECT root FROM granted_out WHERE grant_id = $1',
      [toBytes(grant.id)],
    );
    const known = new Set(sent.map(({ root }) => toHex(root)));
    return (await this.subjects.roots(grant)).filter((root) => !known.has(root));
  }

  private disclose({ purpose, profile, fields: patterns, approval }: Grant, { root, fields, seed }: StoredDocument) {
    const { allowed, beyond } = scopeOf(fields, patterns, this.profiles.require(purpose, profile));
    const paths = approval ? [...allowed, ...beyond] : allowed;
    const common = fields.map(({ path }) => path).filter(isCommon);
    return paths.length === 0 ? [] : [{ root, disclosure: commit(fields, seed).open([...common, ...paths]) }];
  }
}
