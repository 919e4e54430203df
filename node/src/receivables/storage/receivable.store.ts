import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
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

const WITH_ORDERS = `
  SELECT r.*, ARRAY(SELECT order_id FROM chain_receivable_orders WHERE receivable = r.id ORDER BY place) AS order_ids
  FROM chain_receivables r`;

/** Receivables as of the indexed head. */
@Injectable()
export class ReceivableStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(id: Hex): Promise<Receivable | undefined> {
    const [receivable] = await this.select('WHERE r.id = $1', [toBytes(id)]);
    return receivable;
  }

  /** All receivables born from any of these orders. */
  bornFrom(orders: readonly Hex[]): Promise<Receivable[]> {
    const born = 'WHERE r.id IN (SELECT receivable FROM chain_receivable_orders WHERE order_id = ANY($1))';
    return this.select(born, [orders.map(toBytes)]);
  }

  /** Parts of receivables that were split, each parent's in the order of the split. */
  partsOf(parents: readonly Hex[]): Promise<Receivable[]> {
    return this.select('WHERE r.parent = ANY($1) ORDER BY r.parent, r.part', [parents.map(toBytes)]);
  }

  /** Newest first. */
  list(filter: ReceivableFilter, limit: number): Promise<Receivable[]> {
    const parameters: unknown[] = [];
    const conditions: string[] = [];
    const when = (value: unknown, condition: (place: string) => string): void => {
      if (value === undefined) return;
      conditions.push(condition(`$${parameters.push(value)}`));
    };
    when(filter.party, (p) => {
      const shown = `$${parameters.push((filter.shown ?? []).map(toBytes))}`;
      const held = `EXISTS (SELECT 1 FROM receivable_part_holders h
        WHERE h.receivable = r.id AND h.account = r.holder AND h.member = ${p})`;
      return `(r.obligor = ${p} OR r.supplier = ${p} OR r.id = ANY(${shown}) OR ${held})`;
    });
    when(filter.obligor, (p) => `r.obligor = ${p}`);
    when(filter.supplier, (p) => `r.supplier = ${p}`);
    when(filter.status, (p) => `r.status = ${p}`);
    const order = filter.order && toBytes(filter.order);
    when(order, (p) => `r.id IN (SELECT receivable FROM chain_receivable_orders WHERE order_id = ${p})`);
    const { block, log } = filter.before ?? {};
    when(log, (p) => `(r.issued_block, r.issued_log) < ($${parameters.push(block)}, ${p})`);
    const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
    return this.select(`${where} ORDER BY r.issued_block DESC, r.issued_log DESC LIMIT ${limit}`, parameters);
  }

  private async select(tail: string, parameters: unknown[]): Promise<Receivable[]> {
    const rows = await this.unitOfWork.manager.query<Row[]>(`${WITH_ORDERS} ${tail}`, parameters);
    return readRows(chainReceivables, rows).map((row, i) => receivableOf(row, rows[i]!.order_ids.map(toHex)));
  }
}

type Row = Record<string, unknown> & { order_ids: Buffer[] };
