import { Injectable } from '@nestjs/common';
import { lockKeys, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** A document that this node has put on its way into an order's log. */
export interface MilestonePosting {
  readonly order: Hex;
  /** Number of the milestone's kind. */
  readonly kind: number;
  /** Of the document's bytes. */
  readonly sha256: Hex;
  readonly root: Hex;
  readonly submission: string;
}

/** Which documents this member has recorded, and by which submissions. */
@Injectable()
export class MilestonePostings {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the current unit of work ends, others who lock one of these orders here wait. */
  lock(orders: readonly Hex[]): Promise<void> {
    return lockKeys(this.unitOfWork.manager, 'milestone', orders);
  }

  /** Earlier postings of this document. */
  async find(order: Hex, kind: number, sha256: Hex): Promise<Pick<MilestonePosting, 'root' | 'submission'>[]> {
    const rows = await this.unitOfWork.manager.query<{ root: Buffer; submission_id: string }[]>(
      'SELECT root, submission_id FROM milestone_postings WHERE order_id = $1 AND kind = $2 AND sha256 = $3',
      [toBytes(order), kind, toBytes(sha256)],
    );
    return rows.map(({ root, submission_id: submission }) => ({ root: toHex(root), submission }));
  }

  async add({ order, kind, sha256, root, submission }: MilestonePosting): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO milestone_postings (root, order_id, kind, sha256, submission_id) VALUES ($1, $2, $3, $4, $5)',
      [toBytes(root), toBytes(order), kind, toBytes(sha256), submission],
    );
  }
}
