import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import type { DocumentFields } from '../../receivables/domain/documents/fields.js';
import { EvidenceStore } from '../storage/evidence.store.js';

/** Fields that holders disclosed to this lender, by the commitments that they open. */
@Injectable()
export class DisclosedFields {
  constructor(private readonly evidence: EvidenceStore) {}

  /** Two holders' disclosures of one document add up. */
  async behind(roots: readonly Hex[]): Promise<ReadonlyMap<Hex, DocumentFields>> {
    const found = new Map<Hex, Map<string, string>>();
    for (const { root, disclosure } of await this.evidence.behind(roots)) {
      const fields = found.get(root) ?? new Map<string, string>();
      for (const { path, value } of disclosure.fields) fields.set(path, value);
      found.set(root, fields);
    }
    return found;
  }
}
