import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { commit, DocumentVault } from '../../documents/index.js';
import type { Disclosure } from '../../kernel/disclosure.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { ShownDocument } from '../verify/evidence.js';

/** Documents behind commitments as far as this member may see them: its own in full, others' as disclosed to it. */
@Injectable()
export class ShownDocuments {
  constructor(
    private readonly vault: DocumentVault,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Those of the commitments of which anything is here, in their order. */
  async of(roots: readonly Hex[]): Promise<ShownDocument[]> {
    const own = await this.vault.byRoots(roots);
    const disclosed = await this.disclosed(roots.filter((root) => !own.has(root)));
    return roots.flatMap((root) => {
      const stored = own.get(root);
      if (!stored) return disclosed.get(root) ?? [];
      const disclosure = commit(stored.fields, stored.seed).disclose(['']);
      return { kind: stored.document.kind, root, disclosure };
    });
  }

  private async disclosed(roots: readonly Hex[]): Promise<Map<Hex, ShownDocument>> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer; kind: string; disclosure: Disclosure }[]>(
      'SELECT root, kind, disclosure FROM financing_evidence WHERE root = ANY($1::bytea[]) ORDER BY financing',
      [roots.map(toBytes)],
    );
    return new Map(rows.map(({ root, kind, disclosure }) => [toHex(root), { kind, root: toHex(root), disclosure }]));
  }
}
