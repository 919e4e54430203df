import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import type { DocumentPlace } from '../../documents/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { PartHolders, Receivables } from '../../receivables/index.js';

/** What access is granted to. */
export interface Subject {
  readonly object: Hex;
  readonly onOrder: boolean;
}

/** Commitments (`root`) of the versions that are or were in force of the order that this SQL names. */
const versionsOfOrder = (order: string): string => `
  SELECT first_commitment AS root FROM chain_orders WHERE id = ${order}
  UNION SELECT commitment FROM chain_orders WHERE id = ${order}
  UNION SELECT commitment FROM orders_in_batches WHERE id = ${order}
  UNION SELECT commitment FROM chain_order_changes WHERE order_id = ${order} AND status = 'EFFECTIVE'`;

/** The same of all its documents: with its versions its fulfilment log's. */
export const rootsOfOrder = (order: string): string => `${versionsOfOrder(order)}
  UNION SELECT commitment FROM chain_milestones WHERE order_id = ${order}`;

/** The same of a receivable, whose own document has no versions: invoice, confirmation, and what was said of it since. */
export const rootsOfReceivable = (receivable: string): string => `
  SELECT commitment AS root FROM chain_receivables WHERE id = ${receivable}
  UNION SELECT confirmation FROM chain_receivables WHERE id = ${receivable} AND confirmation IS NOT NULL
  UNION SELECT commitment FROM chain_payments WHERE receivable = ${receivable}
  UNION SELECT commitment FROM chain_credit_notes WHERE receivable = ${receivable}
  UNION SELECT commitment FROM chain_disputes WHERE receivable = ${receivable}
  UNION SELECT commitment FROM chain_statements WHERE receivable = ${receivable}`;

const VERSIONS = versionsOfOrder('$1');
const OF_ORDER = rootsOfOrder('$1');
const OF_RECEIVABLE = rootsOfReceivable('$1');

/** Orders and receivables as things that have owners and documents. */
@Injectable()
export class Subjects {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly receivables: Receivables,
    private readonly holders: PartHolders,
  ) {}

  /** The two members whose documents it has; of a part its obligor and, where this member knows, its holder. Throws ORDER_UNKNOWN, RECEIVABLE_UNKNOWN. */
  async owners({ object, onOrder }: Subject): Promise<readonly number[]> {
    if (onOrder) {
      const { buyer, supplier } = await this.orders.get(object);
      return [buyer, supplier];
    }
    const receivable = await this.receivables.get(object);
    const { obligor, supplier, parent } = receivable;
    if (parent === null) return [obligor, supplier];
    const holder = await this.holders.of(receivable);
    return holder === undefined ? [obligor] : [obligor, holder];
  }

  /** What a grant lets look at: its object, and under a financing's all that decides the cover of the claim. */
  async objects({
    object,
    onOrder,
    financing,
  }: Subject & { readonly financing: Hex | null }): Promise<ReadonlySet<Hex>> {
    if (financing === null) return new Set([object]);
    const receivable = onOrder ? undefined : await this.receivables.get(object);
    if (receivable && receivable.parent !== null) return new Set([object]);
    const orders = receivable?.orders ?? [object];
    const near = await this.receivables.bornFrom(orders);
    // Of an order: what was invoiced on it, and with that all by which its cover is reckoned.
    const born = onOrder ? await this.receivables.bornFrom([...new Set(near.flatMap((each) => each.orders))]) : near;
    return new Set([object, ...orders, ...born.flatMap(({ id, orders: shared }) => [id, ...shared])]);
  }

  /** Commitments of its documents, as the chain has them. */
  async documents({ object, onOrder }: Subject): Promise<DocumentPlace[]> {
    const sql = onOrder ? OF_ORDER : OF_RECEIVABLE;
    const rows = await this.unitOfWork.manager.query<{ root: Buffer }[]>(sql, [toBytes(object)]);
    return rows.map(({ root }) => ({ root: toHex(root), object }));
  }

  /** Commitments of its own document that are or were in force: of an order's versions, or a receivable's one. */
  async versions({ object, onOrder }: Subject): Promise<Hex[]> {
    if (!onOrder) return [(await this.receivables.get(object)).commitment];
    const rows = await this.unitOfWork.manager.query<{ root: Buffer }[]>(VERSIONS, [toBytes(object)]);
    return rows.map(({ root }) => toHex(root));
  }
}
