import { Injectable } from '@nestjs/common';
import { addUp, DisclosedDocuments, type DocumentPlace, DocumentVault } from '../../documents/index.js';
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
  async of(places: readonly DocumentPlace[]): Promise<ShownDocument[]> {
    const own = await this.vault.inFull(places);
    const disclosed = await this.disclosed(places.filter(({ root }) => !own.has(root)));
    return places.flatMap(({ root }) => {
      const shown = own.get(root);
      return shown ? { root, ...shown, inFull: true } : (disclosed.get(root) ?? []);
    });
  }

  private async disclosed(places: readonly DocumentPlace[]): Promise<Map<Hex, ShownDocument>> {
    const found = new Map<Hex, ShownDocument>();
    for (const { root, kind, disclosure } of await this.others.at(places)) {
      // Several grants may show parts of one document.
      const before = found.get(root);
      found.set(root, { kind, root, disclosure: before ? addUp(before.disclosure, disclosure) : disclosure });
    }
    return found;
  }
}
