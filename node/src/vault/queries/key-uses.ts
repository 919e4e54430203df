import { Injectable } from '@nestjs/common';
import { SealedTables, VaultCipher } from '../../documents/index.js';

/** A key of the node, and how much is wrapped under it. */
export interface NodeKeyUse {
  readonly id: string;
  readonly state: 'CURRENT' | 'FORMER' | 'MISSING';
  readonly documents: number;
  /** Of those of a former key, as far as they were tried: data keys that do not open. */
  readonly unreadable: number;
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
    const counts = new Map([current, ...former].map((id) => [id, { documents: 0, unreadable: 0 }]));
    for (const table of this.tables.all()) {
      for (const { nodeKey, rows, unreadable } of await table.use()) {
        const id = nodeKey ?? first;
        const before = counts.get(id) ?? { documents: 0, unreadable: 0 };
        counts.set(id, { documents: before.documents + rows, unreadable: before.unreadable + unreadable });
      }
    }
    return [...counts].map(([id, count]) => {
      const state = id === current ? 'CURRENT' : former.includes(id) ? 'FORMER' : 'MISSING';
      return { id, state, ...count };
    });
  }
}
