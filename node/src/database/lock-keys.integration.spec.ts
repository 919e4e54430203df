import { DataSource } from 'typeorm';
import { locksHeld } from '../../../test/support/locks-held.js';
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
/** Another key, by whether it shares the first one's bucket. */
const another = async (shares: boolean): Promise<string> => {
  for (const key of KEYS.slice(1)) {
    const held = await unit.run(() => lock([KEYS[0]!, key]).then(() => locksHeld(unit)));
    if ((held === 1) === shares) return key;
  }
  throw new Error('there is none');
};

it('takes a thousand locks and no more, however many keys there are', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `key-${n}`);
  const held = await unit.run(() => lock(many).then(() => locksHeld(unit)));
  expect(held).toBe(1024);
  await unit.run(() => lock([]));
});

it('keeps out who locks the same key or one of its bucket, until the unit ends', async () => {
  const first = KEYS[0]!;
  const [sharing, apart] = [await another(true), await another(false)];
  await unit.run(async () => {
    await lock([first]);
    for (const key of [first, sharing]) await expect(lockAtOnce([key])).rejects.toMatchObject({ code: '55P03' });
    await lockAtOnce([apart]);
    await lockAtOnce([first], 'another');
  });
  await lockAtOnce([first, sharing]);
});

it('lets those wait for each other who name the same keys in other orders', async () => {
  const orders = [KEYS, KEYS.toReversed(), [...KEYS.slice(500), ...KEYS.slice(0, 500)], KEYS.toReversed()];
  await Promise.all(orders.map((keys) => unit.run(() => lock(keys))));
});
