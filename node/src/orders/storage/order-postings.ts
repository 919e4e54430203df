import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** An order that this node, as its buyer, has put on its way to the chain. */
export interface OrderPosting {
  readonly orderId: Hex;
  /** The buyer's order number, normalised. */
  readonly numberKey: string;
  readonly submission: string;
}

/** Which order numbers this buyer has posted, and by which submissions. */
@Injectable()
export class OrderPostings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who lock one of these numbers wait. */
  async lock(numberKeys: readonly string[]): Promise<void> {
    // In one order for all, so that two units never wait for each other.
    const keys = [...new Set(numberKeys)].sort();
    await this.unitOfWork.manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('order-number/' || key, 0)) FROM unnest($1::text[]) AS key`,
      [keys],
    );
  }

  async add(...postings: readonly OrderPosting[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO order_postings (order_id, number_key, submission_id)
       SELECT * FROM unnest($1::bytea[], $2::text[], $3::uuid[])`,
      [
        postings.map(({ orderId }) => toBytes(orderId)),
        postings.map(({ numberKey }) => numberKey),
        postings.map(({ submission }) => submission),
      ],
    );
  }

  /** Postings of these numbers. */
  async of(numberKeys: readonly string[]): Promise<OrderPosting[]> {
    const rows = await this.unitOfWork.manager.query<{ order_id: Buffer; number_key: string; submission_id: string }[]>(
      'SELECT order_id, number_key, submission_id FROM order_postings WHERE number_key = ANY($1)',
      [numberKeys],
    );
    return rows.map(({ order_id, number_key, submission_id }) => ({
      orderId: toHex(order_id),
      numberKey: number_key,
      submission: submission_id,
    }));
  }
}
