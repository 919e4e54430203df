import { Injectable } from '@nestjs/common';
import { DisclosedDocuments, DocumentVault } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { ShownDocument } from '../verify/evidence.js';

/** Documents behind commitments as far as this member may see them: its own in full, others' as disclosed to it. */
@Injectable()
export class ShownDocuments {
  constructor(
    private readonly vault: DocumentVault,
    private readonly others: DisclosedDocuments,
  ) {}

  /** Those of the commitments of which anything is here, in their order. */
  async of(roots: readonly Hex[]): Promise<ShownDocument[]> {
    const own = await this.vault.inFull(roots);
    const disclosed = await this.disclosed(roots.filter((root) => !own.has(root)));
    return roots.flatMap((root) => {
      const shown = own.get(root);
      return shown ? { root, ...shown } : (disclosed.get(root) ?? []);
    });
  }

  private async disclosed(roots: readonly Hex[]): Promise<Map<Hex, ShownDocument>> {
    const documents = await this.others.behind(roots);
    return new Map(documents.map(({ root, kind, disclosure }) => [root, { kind, root, disclosure }]));
  }
}
