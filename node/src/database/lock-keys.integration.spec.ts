import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { lockKeys, UnitOfWork } from './index.js';

let database: TestDatabase;
let source: DataSource;
let unit: UnitOfWork;
/** Of another request, as it were: it joins no unit of the first. */
let other: UnitOfWork;

beforeAll(async () => {
  database = await testDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  [unit, other] = [new UnitOfWork(source), new UnitOfWork(source)];
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const KEYS = Array.from({ length: 1000 }, (_, n) => `key-${n}`);
const lock = (keys: readonly string[]) => lockKeys(unit.manager, 'one', keys);
/** Refused where it would have to wait. */
const lockAtOnce = (keys: readonly string[], purpose = 'one') =>
  other.run(async () => {
    await other.manager.query(`SET LOCAL lock_timeout = '50ms'`);
    await lockKeys(other.manager, purpose, keys);
  });

it('keeps out who locks one of the keys, and nobody else, until the unit ends', async () => {
  await unit.run(async () => {
    await lock(KEYS);
    for (const key of [KEYS[0]!, KEYS[999]!])
      await expect(lockAtOnce(['apart', key])).rejects.toMatchObject({ code: '55P03' });
    await lockAtOnce(KEYS.map((key) => `other ${key}`));
    await lockAtOnce(KEYS, 'another');
  });
  await lockAtOnce(KEYS);
});

it('takes a key named twice once, and none where none is named', async () => {
  await unit.run(() => lock(['twice', 'twice']));
  await unit.run(() => lock([]));
});

it('lets those wait for each other who name the same keys in other orders', async () => {
  const orders = [KEYS, KEYS.toReversed(), [...KEYS.slice(500), ...KEYS.slice(0, 500)], KEYS.toReversed()];
  await Promise.all(orders.map((keys) => unit.run(() => lock(keys))));
});
