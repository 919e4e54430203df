import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** Which orders the chain has, as far as it is indexed here: as objects of their own, or by a batch that this member knows. */
@Injectable()
export class OrdersOnChain {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those that it has not. */
  async missing(ids: readonly Hex[]): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<{ id: Buffer }[]>(
      `SELECT id FROM unnest($1::bytea[]) AS asked (id)
       WHERE NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = asked.id)
         AND NOT EXISTS (
           SELECT FROM order_leaves l
             JOIN order_batches n ON n.id = l.batch_id
             JOIN chain_order_batches b ON b.buyer = n.buyer AND b.root = n.root
           WHERE l.order_id = asked.id)`,
      [ids.map(toBytes)],
    );
    return rows.map(({ id }) => toHex(id));
  }
}
