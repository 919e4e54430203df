import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Who asks: this member, under the one-time accounts that it lends with. */
@Injectable()
export class Viewer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keyring: Keyring,
  ) {}

  /** This member's lender accounts on any of these objects. */
  async accountsOn(objects: readonly Hex[]): Promise<ReadonlySet<Hex>> {
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      `SELECT id FROM financings WHERE side = 'LENDER' AND object = ANY($1::bytea[])`,
      [objects.map(toBytes)],
    );
    return new Set(rows.map(({ id }) => this.keyring.oneTime(toHex(id)).address));
  }
}
