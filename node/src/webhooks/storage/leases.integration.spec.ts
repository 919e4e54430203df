import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import { Leases } from './leases.js';

const seal = new AtRest(`0x${'01'.repeat(32)}`, 'webhooks');

let database: TestDatabase;
let source: DataSource;
let leases: Leases;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  leases = new Leases(new UnitOfWork(source), seal);
});
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

it.each([
  ['waits for its next attempt', 'next_attempt_at', '9 minutes', false],
  ['waited for it before the clock was put back', 'next_attempt_at', '2 hours', true],
  ['is held by another process', 'leased_until', '14 seconds', false],
  ['was held by one before the clock was put back', 'leased_until', '2 hours', true],
])('a webhook that %s', async (_, column, ahead, free) => {
  const id = randomUUID();
  await source.query(
    `INSERT INTO webhooks (id, url, description, secret, position, created_by, lease)
     VALUES ($1, '', '', $2, '-1.0.0.0.0', '', gen_random_uuid())`,
    [id, seal.encrypt(id, 'whsec_')],
  );
  await source.query(`UPDATE webhooks SET ${column} = now() + $2::interval WHERE id = $1`, [id, ahead]);
  expect((await leases.due()).includes(id)).toBe(free);
  expect((await leases.hold(id)) !== undefined).toBe(free);
});
