import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { Audit } from '../../node/src/audit/audit.js';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { UnitOfWork } from '../../node/src/database/unit-of-work.js';
import { toHex } from '../../node/src/kernel/hex.js';
import { OrderDocuments } from '../../node/src/orders/storage/order-documents.js';
import { OrderPostings } from '../../node/src/orders/storage/order-postings.js';
import { startPostgres } from '../embedded/postgres.js';
import { runPeer } from './peers.js';
import { against, type Measurement, median, spread } from './result.js';

const ORDERS = 20_000;
const ROUNDS = 3;
/** Orders that share a unit of work: a full request. */
const A_UNIT = 1000;
const PEER = 'TypeORM repo.save(array)';

type Imported = ReturnType<typeof makeOrder>;

/** The rows that importing writes of orders: what they say, which numbers are taken, and the line of the audit log. */
export const importing: Measurement = {
  names: ['import.rows'],
  async run(say) {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
    const postgres = await startPostgres({ dir: join(dir, 'postgres') });
    try {
      const [ours, theirs]: number[][] = [[], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        const orders = Array.from({ length: ORDERS }, makeOrder);
        for (const name of [`node_${round}`, `peer_${round}`]) await migrate(postgres, name);
        const file = join(dir, 'rows.json');
        writeFileSync(file, JSON.stringify(tablesOf(orders)));
        const peer = await runPeer<{ rows: number }>('import.mjs', [postgres.url(`peer_${round}`), file]);
        theirs!.push(peer.rows);
        ours!.push(await byTheNode(postgres.url(`node_${round}`), orders));
      }
      const value = median(ours!);
      const note = `the node's own statements in units of ${A_UNIT}, each durable; the peer in one transaction; ${spread(ours!)}`;
      return [{ name: 'import.rows', value, unit: 'rows/s', ...against(PEER, value, median(theirs!)), floor: 5, note }];
    } finally {
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

function makeOrder() {
  const number = `B-${randomBytes(6).toString('hex').toUpperCase()}`;
  const [orderId, root] = [toHex(randomBytes(32)), toHex(randomBytes(32))];
  const facts = { orderId, root, version: 1, number, numberKey: number, issueDate: '2026-11-22', framed: false };
  const posting = { orderId, numberKey: number, framework: null };
  return { facts: { ...facts, currency: 'EUR', amount: '107.50' }, posting };
}

async function migrate(postgres: Awaited<ReturnType<typeof startPostgres>>, name: string): Promise<void> {
  await postgres.createDatabase(name);
  const source = await open(postgres.url(name));
  await source.runMigrations();
  await source.destroy();
}

async function open(url: string): Promise<DataSource> {
  return new DataSource({ type: 'postgres', url, migrations: await loadMigrations() }).initialize();
}

async function byTheNode(url: string, orders: readonly Imported[]): Promise<number> {
  const source = await open(url);
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

/** The same rows in the columns of the same tables. */
function tablesOf(orders: readonly Imported[]): object[] {
  const bytea = (hex: string) => `\\x${hex.slice(2)}`;
  const submission = randomUUID();
  const column = (name: string, type: string, primary = false) => ({ name, type, primary });
  return [
    {
      name: 'order_documents',
      columns: [
        column('order_id', 'bytea', true),
        column('root', 'bytea', true),
        column('version', 'bigint'),
        ...['number', 'number_key', 'issue_date', 'currency', 'amount'].map((name) => column(name, 'text')),
      ],
      rows: orders.map(({ facts: { orderId, root, numberKey, issueDate, ...facts } }) => ({
        order_id: bytea(orderId),
        root: bytea(root),
        number_key: numberKey,
        issue_date: issueDate,
        ...facts,
      })),
    },
    {
      name: 'order_postings',
      columns: [column('order_id', 'bytea', true), column('number_key', 'text'), column('submission_id', 'uuid')],
      rows: orders.map(({ posting: { orderId, numberKey } }) => ({
        order_id: bytea(orderId),
        number_key: numberKey,
        submission_id: submission,
      })),
    },
  ];
}
