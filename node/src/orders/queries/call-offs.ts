import { Injectable } from '@nestjs/common';
import { DocumentVault, type OrderModel } from '../../documents/index.js';
import { UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { type Allowance, allowanceOf, type CallOffVersions } from '../domain/allowance.js';
import { requireFrameworkItself } from '../domain/framework.js';
import type { Order } from '../domain/order.js';
import { orderDocumentMissing } from '../domain/problems.js';
import { OrderContents } from './order-contents.js';

/** An order that the index has, by the roots of its document and of what is proposed; or one of this node's own on its way to the chain, by its submission. */
type Row = { readonly id: Buffer } & (
  | { readonly commitment: Buffer; readonly proposed: Buffer | null; readonly submission: null }
  | { readonly commitment: null; readonly proposed: null; readonly submission: string }
);

interface Wanted {
  readonly order: Hex;
  /** Of the version in force, and of one that may come. */
  readonly roots: readonly [Hex, ...Hex[]];
}

/** Which call-offs count: all that stand, unless otherwise said. */
export interface Counted {
  /** Not this one. */
  readonly except?: Hex;
  /** Only those posted before this one. */
  readonly before?: Order;
  /** And what this member has proposed to make of them, as long as no answer has come. */
  readonly proposedBy?: number;
}

/** Orders that call off framework contracts, as far as the buyer stands by them. */
@Injectable()
export class CallOffs {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: DocumentVault,
    private readonly contents: OrderContents,
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
  async standing(framework: Hex, { except, before, proposedBy }: Counted = {}): Promise<CallOffVersions[]> {
    const { timestamp } = this.head.current();
    const place = before ? await this.placeOf(before.id) : null;
    // In one statement: an order that comes into the index meanwhile would be found neither there nor on its way.
    const rows = await this.unitOfWork.manager.query<Row[]>(
      `SELECT id, o.commitment, c.commitment AS proposed, NULL AS submission FROM chain_orders o
         LEFT JOIN chain_order_changes c ON c.order_id = o.id AND c.version = o.pending_version AND c.proposed_by = $6
       WHERE framework = $1 AND (o.status IN ('ACCEPTED', 'COMPLETED') OR (o.status = 'POSTED' AND expiry >= $2))
         AND ($3::bytea IS NULL OR id <> $3) AND ($4::int8 IS NULL OR (posted_block, posted_log) < ($4, $5))
       UNION ALL
       SELECT order_id, NULL, NULL, submission_id FROM order_postings p
       WHERE framework = $1 AND $4::int8 IS NULL AND NOT EXISTS (SELECT FROM chain_orders o WHERE o.id = p.order_id)`,
      [toBytes(framework), timestamp, except ? toBytes(except) : null, ...(place ?? [null, null]), proposedBy ?? null],
    );
    const wanted = await Promise.all(rows.map((row) => this.wantedOf(row)));
    return this.models(wanted.filter((found) => found !== undefined));
  }

  /** A framework contract that can be called off, or else an order that calls it off and is neither ended nor lapsed, if there is one. */
  async running(framework: Hex): Promise<Hex | undefined> {
    const [row] = await this.unitOfWork.manager.query<{ readonly id: Buffer }[]>(
      `SELECT id FROM chain_orders WHERE (id = $1 OR framework = $1)
         AND (status = 'POSTED' AND expiry >= $2 OR status = 'ACCEPTED' AND (framework IS NOT NULL OR expiry >= $2)) LIMIT 1`,
      [toBytes(framework), this.head.current().timestamp],
    );
    return row && toHex(row.id);
  }

  /**
   * The contract and call-offs but `except` of which this member accepts or proposes a change that the index does not have: what they come
   * to is not certain. To be asked before what they say is read.
   */
  async changing(framework: Hex, except?: Hex): Promise<Hex[]> {
    // Those that are only posted too: an acceptance and a proposal go out together.
    const rows = await this.unitOfWork.manager.query<{ readonly id: Buffer }[]>(
      `SELECT id FROM chain_orders
       WHERE (framework = $1 OR id = $1) AND status IN ('POSTED', 'ACCEPTED') AND ($2::bytea IS NULL OR id <> $2)`,
      [toBytes(framework), except ? toBytes(except) : null],
    );
    const ids = rows.map(({ id }) => toHex(id));
    return [
      ...(await this.submissions.underWay('acceptChange', ids)),
      ...(await this.submissions.underWay('proposeChange', ids)),
    ];
  }

  private async placeOf(id: Hex): Promise<readonly [string, number]> {
    const [row] = await this.unitOfWork.manager.query<{ posted_block: string; posted_log: number }[]>(
      'SELECT posted_block, posted_log FROM chain_orders WHERE id = $1',
      [toBytes(id)],
    );
    return [row!.posted_block, row!.posted_log];
  }

  /** The documents that count, unless it is an order on its way that will not come. */
  private async wantedOf({ id, commitment, proposed, submission }: Row): Promise<Wanted | undefined> {
    const order = toHex(id);
    if (commitment) return { order, roots: [toHex(commitment), ...(proposed ? [toHex(proposed)] : [])] };
    const { status } = await this.submissions.get(submission);
    if (status === 'REFUSED' || status === 'REVERTED') return undefined;
    const stored = await this.vault.load(order, 'ORDER', 1);
    if (!stored) throw missing(order);
    return { order, roots: [stored.root] };
  }

  private async models(wanted: readonly Wanted[]): Promise<CallOffVersions[]> {
    const places = wanted.flatMap(({ roots, order: object }) => roots.map((root) => ({ root, object })));
    const documents = await this.vault.atAll(places);
    return wanted.map(({ order, roots: [now, ...coming] }) => {
      const modelAt = (root: Hex): OrderModel => {
        const model = documents.get(root)?.document.model;
        if (model?.kind !== 'ORDER') throw missing(order);
        return model;
      };
      return [modelAt(now), ...coming.map(modelAt)];
    });
  }
}

const missing = (order: Hex) =>
  orderDocumentMissing('this node has not the document of an order that calls off the framework contract', { order });
