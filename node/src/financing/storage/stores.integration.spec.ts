import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { RepaymentStore } from './repayment.store.js';

const bytes = (n: number, length = 32): Hex => `0x${n.toString(16).padStart(2, '0').repeat(length)}`;
const OBJECT = bytes(0xaa);

let database: TestDatabase;
let source: DataSource;
let units: UnitOfWork;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  units = new UnitOfWork(source);
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

async function financing(id: Hex, status: string, offer: { root: Hex; account: Hex } | null): Promise<void> {
  const json = offer && JSON.stringify({ root: offer.root, certificate: { account: offer.account } });
  await source.query(
    `INSERT INTO financings (id, side, object, on_order, holder, lender, status, requested, sent, offer, requested_at, changed_at, version)
     VALUES ($1, 'HOLDER', $2, false, 2, 7, $3, '{}', true, $4, 0, 0, 1)`,
    [toBytes(id), toBytes(OBJECT), status, json],
  );
}

it('count of two repayments that a lender gives one number what it said last', async () => {
  const id = bytes(1);
  await financing(id, 'OFFERED', null);
  const repayments = new RepaymentStore(units);
  const first = { number: 1, amount: '10.00', reference: 'R-1', receivedAt: 5 };
  const again = { number: 3, amount: '25.00', reference: 'R-3 again', receivedAt: 9 };
  await repayments.take(id, first);
  await repayments.take(id, { number: 3, amount: '30.00', reference: 'R-3', receivedAt: 7 });
  await repayments.take(id, again);
  expect(await repayments.of(id)).toEqual([first, again]);
  // A lender's own node gives no number twice.
  await expect(repayments.add(id, first)).rejects.toMatchObject({ code: '23505' });
});
