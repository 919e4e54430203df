import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import type { BatchPlace } from '../domain/batch-place.js';

/** Places in batches between others, as this member was shown and has checked them: its own, never rewound. */
@Injectable()
export class ShownOrderLeaves {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Keeps a place of an order beside others of it that were shown, within the current unit of work: its buyer may have posted it in
   * another batch too. Which of them counts the view `shown_order_places` says, as the chain stands.
   */
  async keep(order: Hex, { buyer, root, index, expiry, commitment, tag, proof }: BatchPlace): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO shown_order_leaves (order_id, buyer, root, position, expiry, commitment, tag, proof)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        ...[toBytes(order), buyer, toBytes(root), index, expiry, toBytes(commitment), toBytes(tag)],
        Buffer.concat(proof.map(toBytes)),
      ],
    );
  }
}
