import { Injectable } from '@nestjs/common';
import type { DisclosedDocument } from '../../documents/index.js';
import { CopiesStore, GrantStore } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';

/** What was shown of a claim before, as far as a check asks for it: to open a copy costs. */
export interface Held {
  readonly has: (roots: readonly Hex[]) => Promise<readonly Hex[]>;
  readonly at: (roots: readonly Hex[]) => Promise<readonly DisclosedDocument[]>;
}

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

  /** Of these roots those behind which something was disclosed for a request, while it is not over; nothing is opened. */
  async has(financing: Hex, roots: readonly Hex[]): Promise<Hex[]> {
    const known = await this.grants.ofFinancing(financing);
    return known ? this.copies.has(known.grant.id, roots) : [];
  }

  /** What is held for a request, as far as asked for. */
  heldFor(financing: Hex): Held {
    return { has: (roots) => this.has(financing, roots), at: (roots) => this.at(financing, roots) };
  }

  /** Everything that was disclosed for a request, while it is not over; opened all at once, which of a large claim is much. */
  async of(financing: Hex): Promise<DisclosedDocument[]> {
    const known = await this.grants.ofFinancing(financing);
    return known ? this.copies.of(known.grant.id) : [];
  }
}
