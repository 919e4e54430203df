import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { Conditions, PG_POOL } from '../../database/index.js';
import { DisclosedDocuments } from '../../documents/index.js';
import { readRows } from '../../indexer/index.js';
import { Members } from '../../members/index.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import type { OrderType } from '../domain/order-type.js';
import { ORDER_STATUSES, type OrderStatus } from '../domain/order-status.js';
import type { Order } from '../domain/order.js';
import { chainOrders } from '../storage/chain-orders.js';
import { orderOf } from '../storage/order-of.js';
import { dbInt } from '../../kernel/db-int.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { factsAmong } from './order-disclosures.js';
import type { ShownFacts } from './order-view.js';

/** Where a page ends: block and log of the last order's posting, and its place in its batch. Newest first. */
export const orderKey = z.tuple([dbInt, dbInt, dbInt]);
export type OrderKey = z.output<typeof orderKey>;

export interface OrderFilter {
  readonly status?: OrderStatus;
  /** Number of the member on the other side, or of either where all are listed. */
  readonly counterparty?: number;
  /** The buyer's order number, in any spelling; as far as it is here or was shown. */
  readonly number?: string;
  readonly type?: OrderType;
  /** Framework contract that they call off. */
  readonly framework?: Hex;
  readonly after?: OrderKey;
  readonly limit: number;
}

/** An order with its place in the list and what its current document says, where that is here. */
export interface ListedOrder {
  readonly order: Order;
  readonly key: OrderKey;
  readonly facts?: ShownFacts;
}

/** Lists orders, newest posting first. */
@Injectable()
export class OrderList {
  constructor(
    @Inject(PG_POOL) private readonly pool: pg.Pool,
    private readonly members: Members,
    private readonly disclosed: DisclosedDocuments,
  ) {}

  /** Orders that this member is party to, appointed on or shown something of. Throws GRANT_INDEX_STALLED rather than leave those out. */
  async mine(filter: OrderFilter): Promise<ListedOrder[]> {
    const [{ id: self }, shown] = await Promise.all([this.members.self(), this.disclosed.allReadable(filter.number)]);
    const where = conditionsOf(filter);
    const place = (value: unknown): string => `$${where.values.push(value)}`;
    const numbered = numberedAs(filter, place);
    const [me, limit] = [place(self), place(filter.limit)];
    const other = filter.counterparty === undefined ? undefined : place(filter.counterparty);
    const involved = other === undefined ? '' : ` AND ${other} IN (o.buyer, o.supplier)`;
    const sidesOf = (table: string): string[] => [
      `${table}.buyer = ${me}${other ? ` AND ${table}.supplier = ${other}` : ''}`,
      `${table}.supplier = ${me}${other ? ` AND ${table}.buyer = ${other}` : ''}`,
    ];
    const appointed = `EXISTS (SELECT FROM chain_participants p WHERE p.order_id = o.id AND p.member = ${me})`;
    const granted = shown.length > 0 ? [`o.id = ANY(${place(shown.map(toBytes))}::bytea[])${involved}`] : [];
    const roles = [...[...sidesOf('o'), appointed + involved].map((role) => role + numbered), ...granted];
    // One scan a role, and one for what is in batches: with OR the planner would sort all of a member's orders for a page.
    const batched = inBatches(filter, where, { sidesOf, numbered, granted, limit });
    const standing = standingOf(filter, where);
    const single = roles.map((role) => onChain(`${role} AND ${standing}`, limit));
    const rows = await this.query([...single, ...batched], where.values, limit);
    return this.withShown(rows, new Set(shown));
  }

  /** Orders of the whole consortium that are chain objects; `counterparty` is either side. */
  all(filter: Omit<OrderFilter, 'number'>): Promise<ListedOrder[]> {
    const where = conditionsOf(filter);
    const limit = `$${where.values.push(filter.limit)}`;
    const party = filter.counterparty === undefined ? undefined : `$${where.values.push(filter.counterparty)}`;
    const roles = party === undefined ? ['true'] : [`o.buyer = ${party}`, `o.supplier = ${party}`];
    const standing = standingOf(filter, where);
    const parts = roles.map((role) => onChain(`${role} AND ${standing}`, limit));
    return this.query(parts, where.values, limit);
  }

  /** With what was shown of orders whose documents are not here. */
  private async withShown(rows: ListedOrder[], shown: ReadonlySet<Hex>): Promise<ListedOrder[]> {
    const unknown = rows.filter(({ order, facts }) => !facts && shown.has(order.id)).map(({ order }) => order);
    const fields = await this.disclosed.fieldsAt(unknown.map(({ id: object, commitment: root }) => ({ root, object })));
    return rows.map((row) => {
      const own = fields.get(row.order.commitment);
      return own ? { ...row, facts: factsAmong([...own].map(([path, value]) => ({ path, value }))) } : row;
    });
  }

  private async query(parts: readonly string[], values: unknown[], limit: string): Promise<ListedOrder[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT o.*, d.number, d.issue_date, d.currency, d.amount
         FROM (SELECT * FROM (${parts.join(' UNION ')}) o ${NEWEST_FIRST} LIMIT ${limit}) o
         LEFT JOIN order_documents d ON d.order_id = o.id AND d.root = o.commitment ${NEWEST_FIRST}`,
      values,
    );
    return rows.map((row) => {
      const [chain] = readRows(chainOrders, [row]);
      return {
        order: orderOf(chain!),
        key: [chain!.posted_block, chain!.posted_log, chain!.posted_position],
        facts: shown(row),
      };
    });
  }
}

interface Row extends Record<string, unknown> {
  readonly number: string | null;
  readonly issue_date: string;
  readonly currency: string | null;
  readonly amount: string | null;
}

const COLUMNS = Object.keys(chainOrders.columns)
  .map((column) => `o.${column}`)
  .join(', ');
const NEWEST_FIRST = 'ORDER BY o.posted_block DESC, o.posted_log DESC, o.posted_position DESC';

/** A page of orders that are chain objects. */
const onChain = (condition: string, limit: string): string =>
  `(SELECT ${COLUMNS} FROM chain_orders o WHERE ${condition} ${NEWEST_FIRST} LIMIT ${limit})`;

/** Which batches (`b` on chain, `n` here) have orders of a status at all: of those without not one order is looked at. */
const BATCHES_WITH: Readonly<Partial<Record<OrderStatus, string>>> = {
  POSTED: '(b.answered_at IS NULL OR n.first_expiry < b.answered_at)',
  ACCEPTED: 'bit_count(b.bitmap) > 0',
  REJECTED: 'b.answered_at IS NOT NULL AND bit_count(b.bitmap) < n.size',
};

/** Refused ones are few among many: they are looked up where the bitmap says, and no other order of the batch is read. */
const REFUSED = `AND o.posted_position = ANY(ARRAY(
  SELECT p FROM generate_series(0, n.size - 1) p WHERE p >= 8 * length(b.bitmap) OR get_bit(b.bitmap, p) = 0))`;

interface InBatches {
  readonly sidesOf: (table: string) => string[];
  /** What tells a number, of a side's own orders. */
  readonly numbered: string;
  readonly granted: readonly string[];
  readonly limit: string;
}

/**
 * A page of each side's orders that are in batches only: batch by batch from the newest, of each no more than a page. And of
 * those granted. None when no order of a batch can have the status.
 */
function inBatches(
  { status, after, number, type, framework }: OrderFilter,
  where: Conditions,
  { sidesOf, numbered, granted, limit }: InBatches,
): string[] {
  const having = status === undefined ? 'true' : BATCHES_WITH[status];
  if (having === undefined || type === 'FRAMEWORK' || framework !== undefined) return [];
  const place = (value: unknown): string => `$${where.values.push(value)}`;
  // By which it is not, since the planner takes what it is to be rare, and then sorts all.
  const others = place(ORDER_STATUSES.filter((each) => status !== undefined && each !== status));
  const pageOf = (view: string) => `SELECT ${COLUMNS} FROM ${view} o WHERE ${where} AND o.status <> ALL(${others})`;
  const page = pageOf('batch_orders');
  const shown = granted.map((role) => `(${pageOf('shown_batch_orders')} AND ${role} ${NEWEST_FIRST} LIMIT ${limit})`);
  if (number !== undefined) {
    const own = sidesOf('o').map((side) => `(${page} AND ${side}${numbered} ${NEWEST_FIRST} LIMIT ${limit})`);
    return [...own, ...shown];
  }
  const from = after ? `AND (b.posted_block, b.posted_log) <= (${place(after[0])}, ${place(after[1])})` : '';
  const placed = status === 'REJECTED' ? REFUSED : '';
  const own = sidesOf('b').map(
    (side) => `(SELECT o.* FROM chain_order_batches b
       JOIN LATERAL (SELECT * FROM order_batches n WHERE n.root = b.root AND n.buyer = b.buyer OFFSET 0) n ON ${having}
       CROSS JOIN LATERAL (${page} AND o.batch_id = n.id ${placed} ORDER BY o.posted_position DESC LIMIT ${limit}) o
      WHERE ${side} ${from}
      ORDER BY b.posted_block DESC, b.posted_log DESC, o.posted_position DESC LIMIT ${limit})`,
  );
  return [...own, ...shown];
}

/** `where` with what only chain objects are told apart by. */
function standingOf({ status, type, framework }: OrderFilter, where: Conditions): string {
  if (status) where.add('o.status = ?', status);
  if (type) where.add('o.type = ?', type);
  if (framework) where.add('o.framework = ?', toBytes(framework));
  return where.toString();
}

/** What any order is told apart by. */
function conditionsOf({ after }: OrderFilter): Conditions {
  const where = new Conditions();
  if (after) where.add('(o.posted_block, o.posted_log, o.posted_position) < (?, ?, ?)', ...after);
  return where;
}

/** What tells orders of a number, where their documents are here; those shown were looked up by it. */
function numberedAs({ number }: OrderFilter, place: (value: unknown) => string): string {
  if (number === undefined) return '';
  return ` AND o.id IN (SELECT order_id FROM order_documents WHERE number_key = ${place(normaliseNumber(number))})`;
}

function shown({ number, issue_date: issueDate, currency, amount }: Row): ShownFacts | undefined {
  return number === null ? undefined : { number, issueDate, currency, amount };
}
