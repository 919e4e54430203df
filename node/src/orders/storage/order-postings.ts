import { Injectable } from '@nestjs/common';
import { lockKeys, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** An order that this node, as its buyer, has put on its way to the chain. */
export interface OrderPosting {
  readonly orderId: Hex;
  /** The buyer's order number, normalised. */
  readonly numberKey: string;
  readonly submission: string;
  /** Framework contract that it calls off. */
  readonly framework: Hex | null;
}

/** Which order numbers this buyer has posted, and by which submissions. */
@Injectable()
export class OrderPostings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who lock one of these numbers wait. */
  lock(numberKeys: readonly string[]): Promise<void> {
    return lockKeys(this.unitOfWork.manager, 'order-number', numberKeys);
  }

  async add(...postings: readonly OrderPosting[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO order_postings (order_id, number_key, submission_id, framework)
       SELECT * FROM unnest($1::bytea[], $2::text[], $3::uuid[], $4::bytea[])`,
      [
        postings.map(({ orderId }) => toBytes(orderId)),
        postings.map(({ numberKey }) => numberKey),
        postings.map(({ submission }) => submission),
        postings.map(({ framework }) => framework && toBytes(framework)),
      ],
    );
  }

  /** Postings of these numbers. */
  async of(numberKeys: readonly string[]): Promise<OrderPosting[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM order_postings WHERE number_key = ANY($1)`,
      [numberKeys],
    );
    return rows.map(read);
  }
}

interface Row {
  readonly order_id: Buffer;
  readonly number_key: string;
  readonly submission_id: string;
  readonly framework: Buffer | null;
}
const COLUMNS = 'order_id, number_key, submission_id, framework';

const read = ({ order_id, number_key, submission_id, framework }: Row): OrderPosting => ({
  orderId: toHex(order_id),
  numberKey: number_key,
  submission: submission_id,
  framework: framework && toHex(framework),
});
