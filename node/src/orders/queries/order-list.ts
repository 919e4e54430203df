import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { PG_POOL } from '../../database/index.js';
import { DisclosedDocuments } from '../../documents/index.js';
import { readRows } from '../../indexer/index.js';
import { Members } from '../../members/index.js';
import { normaliseNumber } from '../../members/domain/tags.js';
import type { OrderType } from '../domain/order-type.js';
import type { OrderStatus } from '../domain/order-status.js';
import type { Order } from '../domain/order.js';
import { chainOrders } from '../storage/chain-orders.js';
import { orderOf } from '../storage/order-of.js';
import { Conditions } from './conditions.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { factsAmong } from './order-disclosures.js';
import type { ShownFacts } from './order-view.js';

/** Where a page ends: block and log of the last order's posting, and its place in its batch. Newest first. */
export const orderKey = z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().nonnegative()]);
export type OrderKey = z.output<typeof orderKey>;

export interface OrderFilter {
  readonly status?: OrderStatus;
  /** Number of the member on the other side, or of either where all are listed. */
  readonly counterparty?: number;
  /** The buyer's order number, in any spelling. */
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

  /** Orders that this member is party to, appointed on or shown something of. */
  async mine(filter: OrderFilter): Promise<ListedOrder[]> {
    const [{ id: self }, shown] = await Promise.all([this.members.self(), this.disclosed.readable()]);
    const where = conditionsOf(filter);
    const me = `$${where.values.push(self)}`;
    const appointed = `EXISTS (SELECT FROM chain_participants p WHERE p.order_id = o.id AND p.member = ${me})`;
    const granted = shown.length > 0 ? [`o.id = ANY($${where.values.push(shown.map(toBytes))}::bytea[])`] : [];
    const limit = `$${where.values.push(filter.limit)}`;
    // One scan a side, and one for what is in batches: with OR the planner would sort all of a member's orders for a page.
    const parts = [
      ...[`o.buyer = ${me}`, `o.supplier = ${me}`, appointed, ...granted].map((role) => ['chain_orders', role]),
      ...[`o.buyer = ${me}`, `o.supplier = ${me}`].map((role) => ['batch_orders', role]),
    ].map(
      ([table, role]) =>
        `(SELECT ${COLUMNS} FROM ${table} o WHERE ${role} AND ${where} ${NEWEST_FIRST} LIMIT ${limit})`,
    );
    const rows = await this.query(`(${parts.join(' UNION ')})`, where.values, limit);
    return this.withShown(rows, new Set(shown));
  }

  /** Orders of the whole consortium that are chain objects. */
  all(filter: OrderFilter): Promise<ListedOrder[]> {
    const where = conditionsOf(filter);
    const limit = `$${where.values.push(filter.limit)}`;
    return this.query(
      `(SELECT o.* FROM chain_orders o WHERE ${where} ${NEWEST_FIRST} LIMIT ${limit})`,
      where.values,
      limit,
    );
  }

  /** With what was shown of orders whose documents are not here. */
  private async withShown(rows: ListedOrder[], shown: ReadonlySet<Hex>): Promise<ListedOrder[]> {
    const roots = rows.filter(({ order, facts }) => !facts && shown.has(order.id)).map(({ order }) => order.commitment);
    const fields = await this.disclosed.fieldsBehind(roots);
    return rows.map((row) => {
      const own = fields.get(row.order.commitment);
      return own ? { ...row, facts: factsAmong([...own].map(([path, value]) => ({ path, value }))) } : row;
    });
  }

  private async query(orders: string, values: unknown[], limit: string): Promise<ListedOrder[]> {
    const { rows } = await this.pool.query<Row>(
      `SELECT o.*, d.number, d.issue_date, d.currency, d.amount FROM ${orders} o
         LEFT JOIN order_documents d ON d.order_id = o.id AND d.root = o.commitment ${NEWEST_FIRST} LIMIT ${limit}`,
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

function conditionsOf({ status, counterparty, number, type, framework, after }: OrderFilter): Conditions {
  const where = new Conditions();
  if (status) where.add('o.status = ?', status);
  if (counterparty !== undefined) where.add('? IN (o.buyer, o.supplier)', counterparty);
  if (type) where.add('o.type = ?', type);
  if (framework) where.add('o.framework = ?', toBytes(framework));
  if (after) where.add('(o.posted_block, o.posted_log, o.posted_position) < (?, ?, ?)', ...after);
  if (number !== undefined) {
    where.add('o.id IN (SELECT order_id FROM order_documents WHERE number_key = ?)', normaliseNumber(number));
  }
  return where;
}

function shown({ number, issue_date: issueDate, currency, amount }: Row): ShownFacts | undefined {
  return number === null ? undefined : { number, issueDate, currency, amount };
}
