import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
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

  /** Earlier postings of this document; until the current unit of work ends, others who ask for the same order wait. */
  async lockAndFind(order: Hex, kind: number, sha256: Hex): Promise<Pick<MilestonePosting, 'root' | 'submission'>[]> {
    const { manager } = this.unitOfWork;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('milestone/' || $1::text, 0))`, [order]);
    const rows = await manager.query<{ root: Buffer; submission_id: string }[]>(
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
