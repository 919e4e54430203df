import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Audit } from '../../node/src/audit/audit.js';
import { UnitOfWork } from '../../node/src/database/unit-of-work.js';
import type { OrderDocumentFacts } from '../../node/src/orders/domain/order-facts.js';
import { OrderDocuments } from '../../node/src/orders/storage/order-documents.js';
import { type OrderPosting, OrderPostings } from '../../node/src/orders/storage/order-postings.js';

/** Orders that share a unit of work: a full request. */
export const A_UNIT = 1000;

/** What importing writes down of an order. */
export interface Imported {
  readonly facts: OrderDocumentFacts;
  readonly posting: Omit<OrderPosting, 'submission'>;
}

/** Rows a second that the node's own statements write of orders. */
export async function importRows(url: string, orders: readonly Imported[]): Promise<number> {
  const source = await new DataSource({ type: 'postgres', url }).initialize();
  const unit = new UnitOfWork(source);
  const [documents, postings, audit] = [new OrderDocuments(unit), new OrderPostings(unit), new Audit(unit)];
  const started = performance.now();
  for (let at = 0; at < orders.length; at += A_UNIT) {
    const some = orders.slice(at, at + A_UNIT);
    const submission = randomUUID();
    await unit.run(async () => {
      await documents.add(...some.map(({ facts }) => facts));
      await postings.add(...some.map(({ posting }) => ({ ...posting, submission })));
      await audit.record({ actor: 'bench', action: 'POST /v1/orders/bulk', outcome: 'ok' });
    });
  }
  const seconds = (performance.now() - started) / 1000;
  const [counted] = await source.query<{ n: string }[]>(
    `SELECT (SELECT count(*) FROM order_documents) + (SELECT count(*) FROM order_postings) AS n`,
  );
  await source.destroy();
  if (Number(counted!.n) !== 2 * orders.length) throw new Error(`${counted!.n} rows of ${2 * orders.length}`);
  return (2 * orders.length) / seconds;
}
