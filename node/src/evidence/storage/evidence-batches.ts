import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { rootOf } from '../domain/hash-tree.js';

/** A batch of parcels that was sent to be anchored. */
export interface SentBatch {
  readonly id: number;
  readonly root: Hex;
  readonly leaves: number;
  readonly submission: string;
  readonly onChain: boolean;
}

interface Row {
  id: string;
  root: Buffer;
  leaves: string;
  submission: string;
  on_chain: boolean;
}

/** Batches of this member's evidence: its own, never rewound; where they are on chain, `chain_anchors` says. */
@Injectable()
export class EvidenceBatches {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Whether a parcel waits for a batch, or a batch is open. */
  async anyToDo(): Promise<boolean> {
    const [row] = await this.query<{ any: boolean }>(
      `SELECT EXISTS (SELECT FROM evidence_parcels WHERE batch_id IS NULL)
         OR EXISTS (SELECT FROM evidence_batches WHERE NOT settled) AS any`,
      [],
    );
    return row!.any;
  }

  /** `nodes` are the tree over its parcels' roots. Returns its id. */
  async add(nodes: Buffer, leaves: number, submission: string): Promise<number> {
    const [row] = await this.query<{ id: string }>(
      'INSERT INTO evidence_batches (root, leaves, nodes, submission) VALUES ($1, $2, $3, $4) RETURNING id',
      [toBytes(rootOf(nodes)), leaves, nodes, submission],
    );
    return Number(row!.id);
  }

  async sentAgain(id: number, submission: string): Promise<void> {
    await this.query('UPDATE evidence_batches SET submission = $2 WHERE id = $1', [id, submission]);
  }

  /** Those that the chain has not, or may still lose, oldest first. */
  async open(member: number): Promise<SentBatch[]> {
    const rows = await this.query<Row>(
      `SELECT b.id, b.root, b.leaves, b.submission,
         EXISTS (SELECT FROM chain_anchors c WHERE c.root = b.root AND c.member = $1) AS on_chain
       FROM evidence_batches b WHERE NOT b.settled ORDER BY b.id`,
      [member],
    );
    return rows.map(({ id, root, leaves, submission, on_chain: onChain }) => {
      return { id: Number(id), root: toHex(root), leaves: Number(leaves), submission, onChain };
    });
  }

  /** Looks no more at what the chain has had since `block` or before. */
  async settle(member: number, block: number): Promise<void> {
    await this.query(
      `UPDATE evidence_batches b SET settled = true FROM chain_anchors c
       WHERE NOT b.settled AND c.root = b.root AND c.member = $1 AND c.anchored_block <= $2`,
      [member, block],
    );
  }

  private query<T>(sql: string, parameters: unknown[]): Promise<T[]> {
    return this.unitOfWork.manager.query<T[]>(sql, parameters);
  }
}
