import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import type { Parties } from '../domain/party.js';

/** Framework contracts as of the indexed head. */
@Injectable()
export class Frameworks {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who lock this framework wait. */
  async lock(id: Hex): Promise<void> {
    await this.unitOfWork.manager.query("SELECT pg_advisory_xact_lock(hashtextextended('framework/' || $1, 0))", [id]);
  }

  /** Those of these parties and numbers, in any spelling, that can be called off at block time `now`. */
  async callable({ buyer, supplier }: Parties, numbers: readonly string[], now: number): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      `SELECT o.id FROM chain_orders o
         JOIN order_documents d ON d.order_id = o.id AND d.root = o.commitment
       WHERE d.number_key = ANY($1) AND o.type = 'FRAMEWORK' AND o.status = 'ACCEPTED' AND o.expiry >= $2
         AND o.buyer = $3 AND o.supplier = $4`,
      [numbers.map(normaliseNumber), now, buyer, supplier],
    );
    return rows.map(({ id }) => toHex(id));
  }
}
