import { Injectable } from '@nestjs/common';
import { type DisclosedDocument, isCommon, Profiles, verifyDisclosure } from '../../documents/index.js';
import type { Grant } from '../domain/grant.js';
import { grantInvalid } from '../domain/problems.js';
import { scopeOf } from '../queries/scope.js';
import { Subjects } from '../queries/subjects.js';
import { CopiesStore } from '../storage/copies.store.js';
import type { DocumentsBody } from './envelopes.js';

/** Takes in what an owner discloses under a grant: what opens the chain's commitments, and no more than was granted. */
@Injectable()
export class TakeDocuments {
  constructor(
    private readonly subjects: Subjects,
    private readonly profiles: Profiles,
    private readonly copies: CopiesStore,
  ) {}

  /** Refuses with GRANT_INVALID a disclosure that fails, is of another object, or goes beyond the grant. */
  async run(grant: Grant, documents: DocumentsBody['documents']): Promise<void> {
    const roots = new Set((await this.subjects.documents(grant)).map(({ root }) => root));
    const profile = this.profiles.require(grant.purpose, grant.profile);
    const taken = documents.map(({ root, disclosure }): DisclosedDocument => {
      const facts = { grant: grant.id, root };
      if (!roots.has(root)) throw grantInvalid('a document belongs to no commitment of the object', facts);
      const verdict = verifyDisclosure(disclosure, root);
      if (!verdict.valid) throw grantInvalid(verdict.message, { ...facts, reason: verdict.code });
      const { allowed, beyond } = scopeOf(disclosure.fields, grant.fields, profile);
      const granted = new Set(grant.approval ? [...allowed, ...beyond] : allowed);
      const surplus = disclosure.fields.map(({ path }) => path).filter((path) => !granted.has(path) && !isCommon(path));
      if (surplus.length > 0) throw grantInvalid('it shows more than was granted', { ...facts, fields: surplus });
      return { root, object: grant.object, kind: verdict.fields.get('/kind') ?? 'UNKNOWN', disclosure };
    });
    await this.copies.keep(grant.id, taken);
  }
}
