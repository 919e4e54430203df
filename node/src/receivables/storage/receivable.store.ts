import { Injectable } from '@nestjs/common';
import { Conditions, Lookup, type Statement, statement, UnitOfWork } from '../../database/index.js';
import { readRows } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import type { ReceivableStatus } from '../domain/states.js';
import { chainReceivables } from './chain-receivables.js';
import { receivableOf } from './receivable-of.js';

/** What a list of receivables is narrowed to; absent fields narrow nothing. */
export interface ReceivableFilter {
  /** Obligor, supplier, or holder of a part as far as this member was told; `shown` are listed as well. */
  readonly party?: number;
  readonly shown?: readonly Hex[];
  readonly obligor?: number;
  readonly supplier?: number;
  readonly status?: ReceivableStatus;
  readonly order?: Hex;
  /** Issued before this place in the chain: the list runs from the newest to the oldest. */
  readonly before?: { readonly block: number; readonly log: number };
}

const NEWEST_FIRST = 'ORDER BY r.issued_block DESC, r.issued_log DESC';

const COLUMNS = Object.keys(chainReceivables.columns).map((name) => `r.${name}`);
const WITH_ORDERS = `
  SELECT ${COLUMNS.join(', ')}, ARRAY(SELECT order_id FROM chain_receivable_orders WHERE receivable = r.id ORDER BY place) AS order_ids
  FROM chain_receivables r`;

const BY_ID = statement(`${WITH_ORDERS} WHERE r.id = ANY($1)`);
const BY_ORDER = statement(
  `${WITH_ORDERS} WHERE r.id = ANY(ARRAY(SELECT receivable FROM chain_receivable_orders WHERE order_id = ANY($1)))`,
);
const BY_PARENT = statement(`${WITH_ORDERS} WHERE r.parent = ANY($1) ORDER BY r.parent, r.part`);

/** Receivables as of the indexed head. */
@Injectable()
export class ReceivableStore {
  private readonly byId = new Lookup<Hex, Receivable>(
    (ids) => this.read(BY_ID, ids),
    ({ id }) => id,
  );
  private readonly byOrder = new Lookup<Hex, Receivable>(
    (orders) => this.read(BY_ORDER, orders),
    ({ orders }) => orders,
  );
  private readonly byParent = new Lookup<Hex, Receivable>(
    (parents) => this.read(BY_PARENT, parents),
    ({ parent }) => parent!,
  );

  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(id: Hex): Promise<Receivable | undefined> {
    return (await this.byId.of([id]))[0];
  }

  /** All receivables born from any of these orders. */
  async bornFrom(orders: readonly Hex[]): Promise<Receivable[]> {
    return [...(await this.byOrder.of(orders))];
  }

  /** Those of which the obligor undertook to pay, and which so take goods of the orders. Parts of splits take none of their own: their wholes have them. */
  async confirmedOn(orders: readonly Hex[]): Promise<Receivable[]> {
    const born = await this.bornFrom(orders);
    return born.filter(({ confirmed, status, parent }) => confirmed && status !== 'VOID' && parent === null);
  }

  /** Wholes, and all others by which their cover is reckoned: that take goods of the same orders. */
  async reckonedWith(wholes: readonly Receivable[]): Promise<Receivable[]> {
    const competing = await this.confirmedOn([...new Set(wholes.flatMap(({ orders }) => orders))]);
    const own = new Set(wholes.map(({ id }) => id));
    return [...wholes, ...competing.filter(({ id }) => !own.has(id))];
  }

  /** Parts of receivables that were split, each parent's in the order of the split. */
  async partsOf(parents: readonly Hex[]): Promise<Receivable[]> {
    return [...(await this.byParent.of(parents))];
  }

  /** Until the current unit of work ends, others who lock one of these orders here wait. */
  async lockOrders(orders: readonly Hex[]): Promise<void> {
    // In one order for all, so that two units never wait for each other.
    await this.unitOfWork.manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('claims-on/' || id, 0)) FROM unnest($1::text[]) AS id`,
      [[...orders].sort()],
    );
  }

  /** Newest first. */
  list(filter: ReceivableFilter, limit: number): Promise<Receivable[]> {
    const { party, shown = [], obligor, supplier, status, order, before } = filter;
    const where = new Conditions();
    if (obligor !== undefined) where.add('r.obligor = ?', obligor);
    if (supplier !== undefined) where.add('r.supplier = ?', supplier);
    if (status) where.add('r.status = ?', status);
    if (order) where.add(`r.id IN (SELECT receivable FROM chain_receivable_orders WHERE order_id = ?)`, toBytes(order));
    if (before) where.add('(r.issued_block, r.issued_log) < (?, ?)', before.block, before.log);
    if (party === undefined) return this.select(`WHERE ${where} ${NEWEST_FIRST} LIMIT ${limit}`, where.values);
    const me = `$${where.values.push(party)}`;
    const held = `r.parent IS NOT NULL AND EXISTS (SELECT FROM receivable_part_holders h
      WHERE h.receivable = r.id AND h.account = r.holder AND h.member = ${me})`;
    const roles = [
      `r.obligor = ${me}`,
      `r.supplier = ${me}`,
      held,
      ...(shown.length > 0 ? [`r.id = ANY($${where.values.push(shown.map(toBytes))})`] : []),
    ];
    // One scan a role: with OR the planner would go through everybody's until it has a page of this member's.
    const parts = roles.map(
      (role) => `(SELECT r.id FROM chain_receivables r WHERE ${role} AND ${where} ${NEWEST_FIRST} LIMIT ${limit})`,
    );
    return this.select(`WHERE r.id IN (${parts.join(' UNION ')}) ${NEWEST_FIRST} LIMIT ${limit}`, where.values);
  }

  private async read(by: Statement, keys: readonly Hex[]): Promise<Receivable[]> {
    return receivablesOf(await this.unitOfWork.read<Row>(by, [keys.map(toBytes)]));
  }

  private async select(tail: string, parameters: unknown[]): Promise<Receivable[]> {
    return receivablesOf(await this.unitOfWork.manager.query<Row[]>(`${WITH_ORDERS} ${tail}`, parameters));
  }
}

function receivablesOf(rows: readonly Row[]): Receivable[] {
  return readRows(chainReceivables, rows).map((row, i) => receivableOf(row, rows[i]!.order_ids.map(toHex)));
}

type Row = Record<string, unknown> & { order_ids: Buffer[] };
