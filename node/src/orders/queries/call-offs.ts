import { Injectable } from '@nestjs/common';
import { DocumentVault, type OrderModel } from '../../documents/index.js';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { type Allowance, allowanceOf } from '../domain/allowance.js';
import { requireFrameworkItself } from '../domain/framework.js';
import type { Order } from '../domain/order.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { OrderPostings } from '../storage/order-postings.js';
import { OrderContents } from './order-contents.js';

interface Row {
  readonly id: Buffer;
  readonly commitment: Buffer;
}

/** Orders that call off framework contracts, as far as the buyer stands by them. */
@Injectable()
export class CallOffs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: DocumentVault,
    private readonly contents: OrderContents,
    private readonly postings: OrderPostings,
    private readonly submissions: Submissions,
    private readonly head: IndexHead,
  ) {}

  /** What is left of a framework contract. Throws ORDER_NOT_FRAMEWORK; ORDER_DOCUMENT_MISSING when a document that counts is not here. */
  async allowance(framework: Order): Promise<Allowance> {
    requireFrameworkItself(framework);
    const { document } = await this.contents.require(framework);
    return allowanceOf(document.model, await this.standing(framework.id));
  }

  /**
   * What the call-offs that stand say: of those posted before one, if it is given, else of all, and of this node's own that are on
   * their way to the chain. Throws ORDER_DOCUMENT_MISSING when one is not here.
   */
  async standing(framework: Hex, { except, before }: { except?: Hex; before?: Order } = {}): Promise<OrderModel[]> {
    const { timestamp } = this.head.current();
    const place = before ? await this.placeOf(before.id) : null;
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT id, commitment FROM chain_orders
       WHERE framework = $1 AND (status IN ('ACCEPTED', 'COMPLETED') OR (status = 'POSTED' AND expiry >= $2))
         AND ($3::bytea IS NULL OR id <> $3) AND ($4::int8 IS NULL OR (posted_block, posted_log) < ($4, $5))`,
      [toBytes(framework), timestamp, except ? toBytes(except) : null, ...(place ?? [null, null])],
    );
    const roots = rows.map(({ id, commitment }) => ({ order: toHex(id), root: toHex(commitment) }));
    const own = before ? [] : await this.underWay(framework);
    return this.models([...roots, ...own]);
  }

  /** A framework contract that can be called off, or else an order that calls it off and is neither ended nor lapsed, if there is one. */
  async running(framework: Hex): Promise<Hex | undefined> {
    const [row] = await this.unitOfWork.manager.query<Pick<Row, 'id'>[]>(
      `SELECT id FROM chain_orders WHERE (id = $1 OR framework = $1)
         AND (status = 'POSTED' AND expiry >= $2 OR status = 'ACCEPTED' AND (framework IS NOT NULL OR expiry >= $2)) LIMIT 1`,
      [toBytes(framework), this.head.current().timestamp],
    );
    return row && toHex(row.id);
  }

  private async placeOf(id: Hex): Promise<readonly [string, number]> {
    const [row] = await this.unitOfWork.manager.query<{ posted_block: string; posted_log: number }[]>(
      'SELECT posted_block, posted_log FROM chain_orders WHERE id = $1',
      [toBytes(id)],
    );
    return [row!.posted_block, row!.posted_log];
  }

  /** Roots of this node's own call-offs that the index does not have, but that may come. */
  private async underWay(framework: Hex): Promise<{ order: Hex; root: Hex }[]> {
    const found: { order: Hex; root: Hex }[] = [];
    for (const { orderId: order, submission } of await this.postings.underWay(framework)) {
      const { status } = await this.submissions.get(submission);
      if (status === 'REFUSED' || status === 'REVERTED') continue;
      const stored = await this.vault.load(order, 'ORDER', 1);
      if (!stored) throw missing(order);
      found.push({ order, root: stored.root });
    }
    return found;
  }

  private async models(wanted: readonly { order: Hex; root: Hex }[]): Promise<OrderModel[]> {
    const documents = await this.vault.atAll(wanted.map(({ root, order: object }) => ({ root, object })));
    return wanted.map(({ order, root }) => {
      const model = documents.get(root)?.document.model;
      if (model?.kind !== 'ORDER') throw missing(order);
      return model;
    });
  }
}

const missing = (order: Hex) =>
  orderDocumentMissing('this node has not the document of an order that calls off the framework contract', { order });
