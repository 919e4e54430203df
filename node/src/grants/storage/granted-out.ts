import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Which documents this node is done with under the grants that its member made: shown, or more than any letter takes. */
@Injectable()
export class GrantedOut {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async of(grant: Hex): Promise<ReadonlySet<Hex>> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer }[]>(
      'SELECT root FROM granted_out WHERE grant_id = $1',
      [toBytes(grant)],
    );
    return new Set(rows.map(({ root }) => toHex(root)));
  }

  /** Within the current unit of work. */
  async add(grant: Hex, roots: readonly Hex[], { tooLarge = false } = {}): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO granted_out (grant_id, root, too_large) SELECT $1, unnest($2::bytea[]), $3 ON CONFLICT DO NOTHING',
      [toBytes(grant), roots.map(toBytes), tooLarge],
    );
  }

  /** By grant, the documents of which it lets see more than any letter takes. */
  async tooLarge(grants: readonly Hex[]): Promise<ReadonlyMap<Hex, readonly Hex[]>> {
    const rows = await this.unitOfWork.manager.query<{ grant_id: Buffer; roots: Buffer[] }[]>(
      `SELECT grant_id, array_agg(root ORDER BY root) AS roots FROM granted_out
       WHERE grant_id = ANY($1) AND too_large GROUP BY grant_id`,
      [grants.map(toBytes)],
    );
    return new Map(rows.map(({ grant_id, roots }) => [toHex(grant_id), roots.map(toHex)]));
  }
}
