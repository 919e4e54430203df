import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import { bitmapOf } from '../domain/batch-answer.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { OrderBatchViews } from '../queries/order-batch-views.js';
import { OF_LEAF } from '../storage/order-documents.js';
import type { PostedBatch } from './post-batch.js';

/** What a supplier accepts of a batch. */
export interface BatchChoice {
  /** What it has read, all, or some by their ids. */
  readonly accept: 'READ' | 'ALL' | readonly Hex[];
  /** For `ALL` and ids: whoever has been given the documents elsewhere says so. */
  readonly readElsewhere: boolean;
  /** For `READ`: rejects those whose documents are not here, though they may be on their way. */
  readonly rejectUnread: boolean;
}

interface Leaf {
  position: number;
  id: Buffer;
  open: boolean;
  read: boolean;
}

/** The supplier answers a batch, once: what is not accepted is rejected. */
@Injectable()
export class AnswerBatch {
  constructor(
    private readonly views: OrderBatchViews,
    private readonly members: Members,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /**
   * Never accepts what has lapsed or is an object of its own by now. Refuses with ORDER_BATCH_UNKNOWN,
   * ORDER_BATCH_UNAUTHORIZED, ORDER_BATCH_ALREADY_ANSWERED; ORDER_UNKNOWN for an id that is not in the batch; unless
   * `readElsewhere` with ORDER_DOCUMENT_MISSING for one whose document is not here: nobody accepts unread; and unless
   * `rejectUnread` likewise, since documents come after their batch and what is rejected stays so.
   */
  async run(root: Hex, choice: BatchChoice): Promise<PostedBatch> {
    const [batch, self] = await Promise.all([this.views.require(root), this.members.self()]);
    this.members.requireMayBegin(self, 'SUPPLIER');
    if (batch.supplier !== self.id) {
      const facts = { root, member: self.id };
      throw CONTRACT_PROBLEMS.OrderBatchUnauthorized('this is for the supplier of the batch', facts);
    }
    if (batch.answeredAt !== null) {
      const facts = { root, answeredAt: batch.answeredAt };
      throw CONTRACT_PROBLEMS.OrderBatchAlreadyAnswered('the batch is answered', facts);
    }
    const accepted = chosen(await this.leaves(root), choice);
    const { id: submission } = await this.submissions.submit({
      act: 'answerBatch',
      call: { contract: 'OrderRegistry', fn: 'answerBatch', args: [batch.buyer, root, bitmapOf(batch.size, accepted)] },
      account: this.keyring.operator.address,
      subject: { type: 'batch', id: root },
    });
    return { id: root, submission };
  }

  private leaves(root: Hex): Promise<Leaf[]> {
    return this.unitOfWork.manager.query<Leaf[]>(
      `SELECT l.position, l.order_id AS id,
         l.expiry >= $2 AND NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = l.order_id) AS open,
         EXISTS (SELECT FROM order_documents d WHERE ${OF_LEAF}) AS read
       FROM order_leaves l JOIN order_batches n ON n.id = l.batch_id WHERE n.root = $1 ORDER BY l.position`,
      [toBytes(root), this.head.current().timestamp],
    );
  }
}

function readOf(leaves: readonly Leaf[], rejectUnread: boolean): number[] {
  const open = leaves.filter((leaf) => leaf.open);
  const read = open.filter((leaf) => leaf.read);
  const unread = open.length - read.length;
  if (unread === 0 || rejectUnread) return read.map(({ position }) => position);
  const why = `${unread} documents of the batch are not here, and its answer would reject their orders for good`;
  throw orderDocumentMissing(`${why}: wait for them, or say rejectUnread`, { unread });
}

function chosen(leaves: readonly Leaf[], { accept, readElsewhere, rejectUnread }: BatchChoice): number[] {
  if (accept === 'READ') return readOf(leaves, rejectUnread);
  const wanted = accept === 'ALL' ? null : new Set(accept.map((id) => toBytes(id).toString('latin1')));
  const accepted: number[] = [];
  for (const { position, id, open, read } of leaves) {
    if (wanted && !wanted.delete(id.toString('latin1'))) continue;
    if (!open) continue;
    if (!read && !readElsewhere) {
      const facts = { order: `0x${id.toString('hex')}` };
      throw orderDocumentMissing('this node has not the document of an order of the batch', facts);
    }
    accepted.push(position);
  }
  const [unknown] = wanted ?? [];
  if (unknown === undefined) return accepted;
  const order = `0x${Buffer.from(unknown, 'latin1').toString('hex')}`;
  throw CONTRACT_PROBLEMS.OrderUnknown('the batch has no such order', { order });
}
