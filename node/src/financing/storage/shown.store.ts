import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** What this holder has shown its lenders. */
@Injectable()
export class ShownStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** By commitment, whether what was shown says what is traded. */
  async of(financing: Hex): Promise<ReadonlyMap<Hex, boolean>> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer; items: boolean }[]>(
      'SELECT root, items FROM financing_shown WHERE financing = $1',
      [toBytes(financing)],
    );
    return new Map(rows.map(({ root, items }) => [toHex(root), items]));
  }

  /** By commitment, the envelope that it went in last. */
  async letters(financing: Hex): Promise<ReadonlyMap<Hex, string>> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer; letter: string }[]>(
      'SELECT root, letter FROM financing_shown WHERE financing = $1 AND letter IS NOT NULL',
      [toBytes(financing)],
    );
    return new Map(rows.map(({ root, letter }) => [toHex(root), letter]));
  }

  /** A later showing without what is traded takes nothing back. */
  async add(financing: Hex, roots: readonly Hex[], items: boolean, letter: string | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO financing_shown (financing, root, items, letter) SELECT $1, unnest($2::bytea[]), $3, $4
       ON CONFLICT (financing, root)
       DO UPDATE SET items = financing_shown.items OR EXCLUDED.items, letter = EXCLUDED.letter`,
      [toBytes(financing), roots.map(toBytes), items, letter],
    );
  }

  /** Has these shown again: should what the chain does not have any more come again, be it after a reorganisation, it is new. */
  async forget(financing: Hex, roots: readonly Hex[]): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM financing_shown WHERE financing = $1 AND root = ANY($2)', [
      toBytes(financing),
      roots.map(toBytes),
    ]);
  }
}
