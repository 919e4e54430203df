import { Injectable } from '@nestjs/common';
import { DisclosedDocuments, type DocumentPlace, DocumentVault } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { DocumentFields } from '../domain/documents/fields.js';

/**
 * Fields of documents by their commitments: all of them where this member has the document, else those disclosed to it,
 * which were checked to open the commitment. Documents of other objects are none, whoever committed to them here.
 */
@Injectable()
export class CommittedFields {
  constructor(
    private readonly vault: DocumentVault,
    private readonly disclosed: DisclosedDocuments,
  ) {}

  /** By commitment; those of which nothing is known here are left out. */
  async of(places: readonly DocumentPlace[]): Promise<ReadonlyMap<Hex, DocumentFields>> {
    const found = new Map<Hex, DocumentFields>();
    for (const [root, { fields }] of await this.vault.atAll(places)) {
      found.set(root, new Map(fields.map(({ path, value }) => [path, value])));
    }
    const missing = places.filter(({ root }) => !found.has(root));
    for (const [root, fields] of await this.disclosed.fieldsAt(missing)) found.set(root, fields);
    return found;
  }

  /** Whether this member has the document itself: what is not among its fields then is not in it. */
  async hasInFull(place: DocumentPlace): Promise<boolean> {
    return (await this.vault.at(place)) !== undefined;
  }
}
