import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { loadMigrations } from '../../node/src/database/load-migrations.js';
import { toHex } from '../../node/src/kernel/hex.js';
import { startPostgres } from '../embedded/postgres.js';
import { A_UNIT, type Imported } from './import-rows.js';
import { printedBy, runPeer } from './peers.js';
import { against, type Measurement, median, spread } from './result.js';

const ORDERS = 20_000;
const ROUNDS = 3;
/** A process of its own each round, as the peer's is: neither has warmed up. */
const OWN = resolve('dist/scripts/bench/import-rows-main.js');
const PEER = 'TypeORM repo.save(array)';

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
        const [rows, own] = [join(dir, 'rows.json'), join(dir, 'orders.json')];
        writeFileSync(rows, JSON.stringify(tablesOf(orders)));
        writeFileSync(own, JSON.stringify(orders));
        const peer = await runPeer<{ rows: number }>('import.mjs', [postgres.url(`peer_${round}`), rows]);
        theirs!.push(peer.rows);
        const node = await printedBy<{ rows: number }>(OWN, [postgres.url(`node_${round}`), own]);
        ours!.push(node.rows);
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

function makeOrder(): Imported {
  const number = `B-${randomBytes(6).toString('hex').toUpperCase()}`;
  const [orderId, root] = [toHex(randomBytes(32)), toHex(randomBytes(32))];
  const facts = { orderId, root, version: 1, number, numberKey: number, issueDate: '2026-11-22', framed: false };
  const posting = { orderId, numberKey: number, framework: null };
  return { facts: { ...facts, currency: 'EUR', amount: '107.50' }, posting };
}

async function migrate(postgres: Awaited<ReturnType<typeof startPostgres>>, name: string): Promise<void> {
  await postgres.createDatabase(name);
  const migrations = await loadMigrations();
  const source = await new DataSource({ type: 'postgres', url: postgres.url(name), migrations }).initialize();
  await source.runMigrations();
  await source.destroy();
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
