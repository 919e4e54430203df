import { Injectable } from '@nestjs/common';
import { DocumentVault } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { DocumentFields } from '../domain/documents/fields.js';

/** Where fields behind commitments are found beside this member's own documents: what others disclosed to it. */
export type FieldSource = (roots: readonly Hex[]) => Promise<ReadonlyMap<Hex, DocumentFields>>;

/**
 * Fields of documents by their commitments: all of them where this member has the document, else those disclosed to it.
 * Each source has checked that the fields open the commitment.
 */
@Injectable()
export class CommittedFields {
  private readonly sources: FieldSource[] = [];

  constructor(private readonly vault: DocumentVault) {}

  /** Asked, in the order added, for what the vault does not have. */
  addSource(source: FieldSource): void {
    this.sources.push(source);
  }

  /** By commitment; those of which nothing is known here are left out. */
  async of(roots: readonly Hex[]): Promise<ReadonlyMap<Hex, DocumentFields>> {
    const found = new Map<Hex, DocumentFields>();
    for (const [root, { fields }] of await this.vault.byRoots(roots)) {
      found.set(root, new Map(fields.map(({ path, value }) => [path, value])));
    }
    for (const source of this.sources) {
      const missing = roots.filter((root) => !found.has(root));
      if (missing.length === 0) break;
      for (const [root, fields] of await source(missing)) found.set(root, fields);
    }
    return found;
  }
}
