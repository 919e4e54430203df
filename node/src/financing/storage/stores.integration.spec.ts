import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { EndingStore } from './ending.store.js';
import { RepaymentStore } from './repayment.store.js';
import { WatchStore } from './watch.store.js';

const bytes = (n: number, length = 32): Hex => `0x${n.toString(16).padStart(2, '0').repeat(length)}`;
const OBJECT = bytes(0xaa);
const [ROOT, LENDER] = [bytes(0xbb), bytes(0xcc, 20)];

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

it('watch what was withdrawn and is reserved all the same, and nothing else that is over', async () => {
  const [withdrawn, other, declined, open] = [0x11, 0x12, 0x13, 0x14].map((n) => bytes(n));
  await financing(withdrawn!, 'WITHDRAWN', { root: ROOT, account: LENDER });
  await financing(other!, 'WITHDRAWN', { root: bytes(0xbc), account: LENDER });
  await financing(declined!, 'DECLINED', null);
  await financing(open!, 'REQUESTED', null);
  const event = `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
    VALUES ($1, 0, 0, '', 'ReceivableRegistry', 'MilestoneRecorded', '{}', $2)`;
  await source.query(event, [9, toBytes(OBJECT)]);
  const watches = new WatchStore(units);
  const seen = async () => {
    const [touched, all] = [await watches.touchedAbove(8), await watches.all()];
    return [touched, all].map((ids) => ids.filter((id) => [withdrawn, other, declined, open].includes(id)).sort());
  };
  expect(await seen()).toEqual([[open], [open]]);
  await source.query(
    `INSERT INTO chain_encumbrances (object, on_order, lender, kind, state, terms, disburse_by, cover_version, reserved_block, reserved_log, reserved)
     VALUES ($1, false, $2, 'PLEDGE', 'RESERVED', $3, 100, 1, 9, 0, '{}')`,
    [OBJECT, LENDER, ROOT].map(toBytes),
  );
  const both = [withdrawn, open];
  expect(await seen()).toEqual([both, both]);
  await source.query(`UPDATE chain_encumbrances SET state = 'NONE', ended = '{}'`);
  expect((await seen())[1]).toEqual([open]);
});

it('watch all where more happened than can be asked about, and else what it touched', async () => {
  const [id, far] = [bytes(0x21), bytes(0xdd)];
  await financing(id, 'REQUESTED', null);
  const [watches, ending] = [new WatchStore(units), new EndingStore(units)];
  const events = (from: number, to: number) =>
    source.query(
      `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
       SELECT 20, i, 0, '', 'ReceivableRegistry', 'MilestoneRecorded', '{}', $3 FROM generate_series($1::int, $2::int) AS i`,
      [from, to, toBytes(far)],
    );
  await events(1, 10_000);
  expect([await watches.touchedAbove(19), await ending.endedAbove(19)]).toEqual([[], []]);
  await events(10_001, 10_001);
  expect(await watches.touchedAbove(19)).toContain(id);
  expect(await watches.touchedAbove(20)).toEqual([]);
  expect(await ending.endedAbove(19)).toEqual(await ending.endedAbove(-1));
});
