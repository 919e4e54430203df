import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { ReceivableStore } from '../../receivables/storage/receivable.store.js';
import { LINEAGE } from './lineage.js';
import { WatchStore } from './watch.store.js';

const id = (name: string): Hex => `0x${Buffer.from(name.padEnd(32, '.')).toString('hex')}`;
const nameOf = (object: Hex): string => Buffer.from(object.slice(2), 'hex').toString().replaceAll('.', '');

/** Which orders each claim is of: a chain of collective invoices. P is a part of D. */
const BORN: Readonly<Record<string, readonly string[]>> = {
  ...{ A: ['1'], B: ['1', '2'], C: ['2', '3'], D: ['3', '4'], E: ['4', '5'] },
  P: ['3', '4'],
};
const WHOLES = ['A', 'B', 'C', 'D', 'E'];

let database: TestDatabase;
let source: DataSource;
let store: ReceivableStore;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  store = new ReceivableStore(new UnitOfWork(source));
  for (const [i, [name, orders]] of Object.entries(BORN).entries()) {
    const part = name === 'P';
    await source.query(
      `INSERT INTO chain_receivables (id, obligor, supplier, holder, status, commitment, cover_version, head, entries,
         open_disputes, marks, instalment, instalments, parent, part, issued_block, issued_log, issued, confirmed)
       VALUES ($1, 1, 2, $2, 'CONFIRMED', $1, 1, $1, 1, 0, 0, 0, 0, $3, $4, $5, 0, '{}', '{}')`,
      [toBytes(id(name)), Buffer.alloc(20), part ? toBytes(id('D')) : null, part ? 0 : null, i],
    );
    for (const [place, order] of orders.entries()) {
      const row = [toBytes(id(name)), toBytes(id(order)), place];
      await source.query('INSERT INTO chain_receivable_orders (receivable, order_id, place) VALUES ($1, $2, $3)', row);
    }
  }
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

/** What an event on `object` touches. */
async function lineage(object: string): Promise<string[]> {
  const rows = await source.query<{ object: Buffer }[]>(
    `WITH asked AS (SELECT $1::bytea AS object), ${LINEAGE} SELECT object FROM lineage`,
    [toBytes(id(object))],
  );
  return rows.map((row) => nameOf(toHex(row.object))).sort();
}

it('reaches whatever is reckoned with to know the cover of a financed order or claim, from either end', async () => {
  for (const financed of ['1', '2', '3', '4', '5', ...WHOLES]) {
    const claim = await store.find(id(financed));
    const reckoned = await store.reckonedWith(claim ? [claim] : await store.confirmedOn([id(financed)]));
    const behind = [...new Set(reckoned.flatMap((each) => [each.id, ...each.orders]))].map(nameOf);
    expect(await lineage(financed)).toEqual(expect.arrayContaining(behind));
    for (const object of behind)
      expect([object, await lineage(object)]).toEqual([object, expect.arrayContaining([financed])]);
  }
});

it('ends there, and goes to no part of further orders', async () => {
  expect(await lineage('3')).toEqual(['1', '2', '3', '4', '5', 'B', 'C', 'D', 'E', 'P']);
  expect(await lineage('2')).toEqual(['1', '2', '3', '4', 'A', 'B', 'C', 'D']);
  expect(await lineage('4')).not.toContain('1');
});

it('is told of by what happened to its own orders and claims, before what shares an invoice with them', async () => {
  const happened: [number, string][] = [
    [1, '2'],
    [2, 'C'],
    [3, '1'],
    [4, '5'],
    [5, 'A'],
    [6, 'B'],
  ];
  for (const [block, object] of happened)
    await source.query(
      `INSERT INTO chain_events (block, log_index, block_time, tx, contract, name, args, object)
       VALUES ($1, 0, 0, '', 'OrderRegistry', 'MilestoneRecorded', '{}', $2)`,
      [block, toBytes(id(object))],
    );
  const watches = new WatchStore(new UnitOfWork(source));
  const told = async (since: number, limit: number) =>
    (await watches.loweringAfter(id('1'), { block: since, logIndex: 0 }, limit)).map(({ object }) => nameOf(object));
  expect(await told(0, 20)).toEqual(['2', 'C', '1', 'A', 'B']);
  expect(await told(0, 4)).toEqual(['2', '1', 'A', 'B']);
  expect(await told(0, 2)).toEqual(['1', 'A']);
  expect(await told(5, 2)).toEqual(['B']);
});
