import { Injectable } from '@nestjs/common';
import type { DisclosedDocument } from '../../documents/index.js';
import { CopiesStore, GrantStore } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';

/** What holders disclosed to this member for their requests: copies under the grants that the requests carried. */
@Injectable()
export class EvidenceStore {
  constructor(
    private readonly grants: GrantStore,
    private readonly copies: CopiesStore,
  ) {}

  async keep(financing: Hex, documents: readonly DisclosedDocument[]): Promise<void> {
    const known = await this.grants.ofFinancing(financing);
    if (!known) throw new Error(`financing ${financing} has no grant`);
    await this.copies.keep(known.grant.id, documents);
  }

  /** What was disclosed for a request of the documents behind these roots, while it is not over. */
  async at(financing: Hex, roots: readonly Hex[]): Promise<DisclosedDocument[]> {
    const known = await this.grants.ofFinancing(financing);
    return known ? this.copies.at(known.grant.id, roots) : [];
  }

  /** Everything that was disclosed for a request, while it is not over. */
  async of(financing: Hex): Promise<DisclosedDocument[]> {
    const known = await this.grants.ofFinancing(financing);
    return known ? this.copies.of(known.grant.id) : [];
  }
}
