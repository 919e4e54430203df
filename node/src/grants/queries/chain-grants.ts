import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { GrantOnChain } from '../domain/grant.js';
import { chainGrants } from '../storage/chain-grants.js';

/** Grants as the chain has them, as of the indexed head. */
@Injectable()
export class ChainGrants {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(id: Hex): Promise<GrantOnChain | undefined> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_grants WHERE grant_id = $1',
      [toBytes(id)],
    );
    const [row] = readRows(chainGrants, rows);
    return row && { commitment: row.commitment, madeAt: row.made_at, revokedAt: row.revoked_at };
  }
}
