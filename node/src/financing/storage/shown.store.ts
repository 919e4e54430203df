import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** What this holder has shown its lenders. */
@Injectable()
export class ShownStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async of(financing: Hex): Promise<ReadonlySet<Hex>> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer }[]>(
      'SELECT root FROM financing_shown WHERE financing = $1',
      [toBytes(financing)],
    );
    return new Set(rows.map(({ root }) => toHex(root)));
  }

  async add(financing: Hex, roots: readonly Hex[]): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO financing_shown SELECT $1, unnest($2::bytea[]) ON CONFLICT DO NOTHING',
      [toBytes(financing), roots.map(toBytes)],
    );
  }
}
