import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { Rewinds } from './rewinds.js';

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});
afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

it.each([
  ['a moment ago', '0 seconds', true],
  ['long ago', '-2 minutes', false],
  ['before the clock was put back, at a time that is to come', '2 hours', false],
])('tells whether the index went back: %s', async (_, offset, expected) => {
  await source.query('DELETE FROM event_rewinds');
  await source.query('INSERT INTO event_rewinds (to_block, at) VALUES (1, now() + $1::interval)', [offset]);
  expect(await new Rewinds(new UnitOfWork(source)).recent()).toBe(expected);
});

it('tells whether it has not come again to where it was before a rebuild', async () => {
  const rewinds = new Rewinds(new UnitOfWork(source));
  expect(await rewinds.rebuilding()).toBe(false);
  await source.query('UPDATE indexer_checkpoint SET was_number = 7, was_hash = hash');
  expect(await rewinds.rebuilding()).toBe(true);
  await source.query('UPDATE indexer_checkpoint SET was_number = NULL, was_hash = NULL');
});

it('tells it to a unit that began before', async () => {
  await source.query('DELETE FROM event_rewinds');
  const unitOfWork = new UnitOfWork(source);
  const recent = await unitOfWork.run(async () => {
    await unitOfWork.manager.query('SELECT now()');
    await source.query('INSERT INTO event_rewinds (to_block) VALUES (1)');
    return new Rewinds(unitOfWork).recent();
  });
  expect(recent).toBe(true);
});
