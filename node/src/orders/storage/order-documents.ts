import { Injectable } from '@nestjs/common';
import { statement, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { OrderDocumentFacts } from '../domain/order-facts.js';

interface Row {
  readonly order_id: Buffer;
  readonly root: Buffer;
  readonly version: string;
  readonly number: string;
  readonly number_key: string;
  readonly issue_date: string;
  readonly currency: string | null;
  readonly amount: string | null;
  readonly framed: boolean;
}

const COLUMNS = 'order_id, root, version, number, number_key, issue_date, currency, amount, framed';
const BY_ROOT = statement(`SELECT ${COLUMNS} FROM order_documents WHERE order_id = $1 AND root = $2`);

/** SQL: whether document `d` is what leaf `l`, an order's place in a batch, commits to. */
export const OF_LEAF = 'd.order_id = l.order_id AND d.root = l.commitment AND NOT d.framed';

/** Facts of the documents that this node has made or verified, by order and root. */
@Injectable()
export class OrderDocuments {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds those that are not there yet, within the current unit of work. */
  async add(...facts: readonly OrderDocumentFacts[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO order_documents (${COLUMNS})
       SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::int8[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[])
       ON CONFLICT DO NOTHING`,
      [
        facts.map(({ orderId }) => toBytes(orderId)),
        facts.map(({ root }) => toBytes(root)),
        facts.map(({ version }) => version),
        facts.map(({ number }) => number),
        facts.map(({ numberKey }) => numberKey),
        facts.map(({ issueDate }) => issueDate),
        facts.map(({ currency }) => currency),
        facts.map(({ amount }) => amount),
        facts.map(({ framed }) => framed),
      ],
    );
  }

  /** Deletes what it keeps of an order's documents. */
  async forget(orderId: Hex): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM order_documents WHERE order_id = $1', [toBytes(orderId)]);
  }

  /** The document whose fields have this root, if it is here. */
  async find(orderId: Hex, root: Hex): Promise<OrderDocumentFacts | undefined> {
    return (await this.unitOfWork.read<Row>(BY_ROOT, [toBytes(orderId), toBytes(root)])).map(read)[0];
  }
}

function read(row: Row): OrderDocumentFacts {
  return {
    orderId: toHex(row.order_id),
    root: toHex(row.root),
    version: Number(row.version),
    number: row.number,
    numberKey: row.number_key,
    issueDate: row.issue_date,
    currency: row.currency,
    amount: row.amount,
    framed: row.framed,
  };
}
