import { Injectable } from '@nestjs/common';
import { SealedTables, VaultCipher } from '../../documents/index.js';

/** A key of the node, and how much is wrapped under it. */
export interface NodeKeyUse {
  readonly id: string;
  readonly state: 'CURRENT' | 'FORMER' | 'MISSING';
  readonly documents: number;
}

/** Which keys of the node are in use. */
@Injectable()
export class KeyUses {
  constructor(
    private readonly cipher: VaultCipher,
    private readonly tables: SealedTables,
  ) {}

  /** The current one first; then replaced ones that this node has, then those that it lacks. */
  async all(): Promise<NodeKeyUse[]> {
    const { current, former, first } = this.cipher;
    const counts = new Map([current, ...former].map((id) => [id, 0]));
    for (const table of this.tables.all()) {
      for (const { nodeKey, rows } of await table.use()) {
        const id = nodeKey ?? first;
        counts.set(id, (counts.get(id) ?? 0) + rows);
      }
    }
    return [...counts].map(([id, documents]) => {
      const state = id === current ? 'CURRENT' : former.includes(id) ? 'FORMER' : 'MISSING';
      return { id, state, documents };
    });
  }
}
