import pg from 'pg';
import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import { TestHead } from '../../../../test/support/test-head.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { GrantsWithNews } from './grants-with-news.js';

const hash = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const NOW = 1000;

let database: TestDatabase;
let source: DataSource;
let client: pg.Client;
let head: TestHead;
let news: GrantsWithNews;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await source?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await client.query('TRUNCATE grants, chain_grants, chain_orders, chain_milestones, chain_events CASCADE');
  head = new TestHead();
  news = new GrantsWithNews(new UnitOfWork(source), head);
});

/** A grant of order `n` (grant `n + 100`), of which the chain has one document, and all was sent. */
async function grantOf(n: number, from = 0): Promise<void> {
  const [order, grant, root] = [n, n + 100, n + 200].map((id) => toBytes(hash(id)));
  await client.query(
    `INSERT INTO grants (id, side, maker, grantee, object, on_order, purpose, profile, fields, from_at, until_at, seed, commitment, needs_approval, created_at)
     VALUES ($1, 'MAKER', 1, 2, $2, true, 'TRACKING', 1, '[]', $3, 9999, $1, $1, false, 0)`,
    [grant, order, from],
  );
  await client.query(
    `INSERT INTO chain_grants (grant_id, maker, commitment, made_block, made_at) VALUES ($1, '\\x00', $1, 1, 1)`,
    [grant],
  );
  await client.query(
    `INSERT INTO chain_orders (posted_block, buyer, supplier, posted_log, status, id, version, cover_version, commitment, first_commitment, tag, expiry,
       encumbered, encumbered_descendants, head, entries, posted_at, changed_block, changed_at, type)
     VALUES (1, 1, 2, 0, 'POSTED', $1, 1, 0, $2, $2, $2, 9999, false, 0, $2, 0, 1, 1, 1, 'ORDER')`,
    [order, root],
  );
  await sent(n, n + 200);
}

const sent = (n: number, root: number) =>
  client.query('INSERT INTO granted_out (grant_id, root) VALUES ($1, $2)', [
    toBytes(hash(n + 100)),
    toBytes(hash(root)),
  ]);
const forgotten = (n: number) => client.query('DELETE FROM granted_out WHERE grant_id = $1', [toBytes(hash(n + 100))]);

/** An event about what has this id, in the next block. */
async function happens(to: number): Promise<void> {
  const { number } = head.advance();
  await client.query(
    `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
     VALUES ($1, 0, 1, '\\x00', 'OrderRegistry', 'MilestoneRecorded', '{}', $2)`,
    [number, toBytes(hash(to))],
  );
}

const found = async (now = NOW) => (await news.at(now)).map(({ id }) => Number(id) - 100);

it('are those about whose object something was recorded, until it is shown', async () => {
  for (const n of [1, 2]) await grantOf(n);
  expect(await found()).toEqual([]);
  await client.query(`UPDATE chain_orders SET commitment = $1 WHERE id = $2`, [hash(301), hash(1)].map(toBytes));
  await happens(1);
  expect(await found()).toEqual([1]);
  // Its document is not here yet: nothing more happens to the order meanwhile.
  head.advance();
  expect([await found(), await found()]).toEqual([[1], [1]]);
  await sent(1, 301);
  expect(await found()).toEqual([]);
});

it('are those that were made, or have begun, since', async () => {
  await grantOf(1, NOW + 10);
  await forgotten(1);
  expect(await found()).toEqual([]);
  expect([await found(NOW + 9), await found(NOW + 10)]).toEqual([[], [1]]);
  await sent(1, 201);
  expect(await found(NOW + 11)).toEqual([]);
  await grantOf(2);
  await forgotten(2);
  await happens(102);
  expect(await found(NOW + 12)).toEqual([2]);
});

it('are looked for among all after a minute, a reorg, many blocks and many events, and not before', async () => {
  for (const n of [1, 2, 3]) await grantOf(n);
  expect(await found()).toEqual([]);
  await forgotten(1);
  expect(await found()).toEqual([]);
  news['wholeAt'] -= 60_000;
  expect(await found()).toEqual([1]);
  await forgotten(2);
  expect(await found()).toEqual([1]);
  const before = head.current();
  head['head'] = { ...before, number: before.number - 1 };
  expect(await found()).toEqual([1, 2]);
  await forgotten(3);
  expect(await found()).toEqual([1, 2]);
  head['head'] = { ...before, number: before.number + 1001 };
  expect(await found()).toEqual([1, 2, 3]);
  for (const n of [1, 2, 3]) await sent(n, n + 200);
  expect(await found()).toEqual([]);
  await forgotten(1);
  await client.query(
    `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
     SELECT $1, i, 1, '\\x00', 'OrderRegistry', 'MilestoneRecorded', '{}', $2 FROM generate_series(1, 10001) AS i`,
    [head.advance().number, toBytes(hash(999))],
  );
  expect(await found()).toEqual([1]);
});

it('are none of a grant that is revoked, being taken back, over, or another’s', async () => {
  for (const n of [1, 2, 3, 4, 5]) {
    await grantOf(n);
    await forgotten(n);
  }
  expect(await found()).toEqual([1, 2, 3, 4, 5]);
  await client.query('UPDATE chain_grants SET revoked_at = 5 WHERE grant_id = $1', [toBytes(hash(101))]);
  await client.query(`UPDATE grants SET revocation = gen_random_uuid() WHERE id = $1`, [toBytes(hash(102))]);
  await client.query('UPDATE grants SET until_at = $2 WHERE id = $1', [toBytes(hash(103)), NOW]);
  await client.query(`UPDATE grants SET side = 'OWNER' WHERE id = $1`, [toBytes(hash(104))]);
  expect(await found()).toEqual([5]);
});
