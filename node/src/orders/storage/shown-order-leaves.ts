import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { BatchPlace } from '../domain/batch-place.js';

interface Row {
  readonly order_id: Buffer;
  readonly proof: Buffer;
}

const WORD = 32;

/** Places in batches between others, as this member was shown and has checked them: its own, never rewound. */
@Injectable()
export class ShownOrderLeaves {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Keeps the place of an order, within the current unit of work. Its buyer may have posted it in another batch too: a place
   * where it is accepted is not given up for another.
   */
  async keep(order: Hex, { buyer, root, index, expiry, commitment, tag, proof }: BatchPlace): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO shown_order_leaves AS l (order_id, buyer, root, position, expiry, commitment, tag, proof)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (order_id) DO UPDATE SET buyer = EXCLUDED.buyer, root = EXCLUDED.root, position = EXCLUDED.position,
         expiry = EXCLUDED.expiry, commitment = EXCLUDED.commitment, tag = EXCLUDED.tag, proof = EXCLUDED.proof
       WHERE NOT EXISTS (SELECT FROM shown_batch_orders o WHERE o.id = l.order_id AND o.status = 'ACCEPTED')`,
      [
        ...[toBytes(order), buyer, toBytes(root), index, expiry, toBytes(commitment), toBytes(tag)],
        Buffer.concat(proof.map(toBytes)),
      ],
    );
  }

  /** Proofs of those of the orders whose places are kept, from the leaf to the root, by order. */
  async proofs(orders: readonly Hex[]): Promise<Map<Hex, Hex[]>> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      'SELECT order_id, proof FROM shown_order_leaves WHERE order_id = ANY($1::bytea[])',
      [orders.map(toBytes)],
    );
    return new Map(rows.map(({ order_id: order, proof }) => [toHex(order), wordsOf(proof)]));
  }
}

function wordsOf(bytes: Buffer): Hex[] {
  const words = bytes.length / WORD;
  return Array.from({ length: words }, (_, i) => toHex(bytes.subarray(i * WORD, (i + 1) * WORD)));
}
