import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { BEGINNING } from '../../events/domain/position.js';
import { DeliveryList } from '../queries/delivery-list.js';
import { DeliveryStore } from './delivery.store.js';

let database: TestDatabase;
let source: DataSource;
let store: DeliveryStore;
let list: DeliveryList;
let webhook: string;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  store = new DeliveryStore(new UnitOfWork(source));
  list = new DeliveryList(new UnitOfWork(source));
});
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await source.query('TRUNCATE webhooks, webhook_deliveries RESTART IDENTITY');
  const [row] = await source.query<{ id: string }[]>(
    `INSERT INTO webhooks (url, description, secret, position, created_by) VALUES ('', '', '', '-1.0.0.0.0', '') RETURNING id`,
  );
  webhook = row!.id;
});

const plan = (...types: string[]) =>
  store.plan(
    webhook,
    types.map((type) => ({ position: BEGINNING, type, object: null, data: '{"at":"2026-11-27T00:00:00Z"}' })),
    BEGINNING,
  );

it('gives what is told after a restore no id that a receiver has had of another event', async () => {
  await plan('OrderPosted', 'OrderAccepted');
  const before = await store.pending(webhook, 10);
  expect(new Set(before.map(({ id }) => id)).size).toBe(2);
  expect(await store.pending(webhook, 10)).toEqual(before);
  // As the copy was taken before they were told, and a restore sets numbers back.
  await source.query('TRUNCATE webhook_deliveries RESTART IDENTITY');
  await plan('OrderChanged', 'OrderClosed');
  const after = await store.pending(webhook, 10);
  expect(after.map(({ seq }) => seq)).toEqual(before.map(({ seq }) => seq));
  for (const { id } of after) expect(before.map((each) => each.id)).not.toContain(id);
});

it('leaves what an earlier release wrote down its id', async () => {
  await plan('OrderPosted');
  await source.query('UPDATE webhook_deliveries SET message_id = NULL');
  const [{ seq, id } = { seq: '', id: '' }] = await store.pending(webhook, 10);
  expect(id).toBe(`msg_${webhook}_${seq}`);
  expect((await list.list(webhook, 10)).map((row) => row.id)).toEqual([id]);
});

it('disables a webhook that has failed for days and often, not at the second failure after the node itself was away', async () => {
  await plan('OrderPosted');
  const [waiting] = await store.pending(webhook, 1);
  const fail = () =>
    store.failed(
      webhook,
      waiting!.seq,
      { delivered: false, error: 'TIMED_OUT' },
      { pauseMs: 1000, giveUpMs: 3_600_000, giveUpFailures: 4 },
    );
  expect(await fail()).toBe(true);
  await source.query(`UPDATE webhooks SET failing_since = now() - interval '6 days'`);
  expect(await fail()).toBe(true);
  expect(await fail()).toBe(true);
  expect(await fail()).toBe(false);
});
