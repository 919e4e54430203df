import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migratedDatabase } from '../../../../test/support/migrated-database.js';
import type { TestDatabase } from '../../../../test/support/postgres.js';
import { UnitOfWork } from '../../database/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { Hex } from '../../kernel/hex.js';
import { CLAIMED_AT_ONCE, CLAIMED_BYTES_AT_ONCE } from '../domain/limits.js';
import { Forgotten } from './forgotten.js';
import { Outbox } from './outbox.js';

const hash = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const DOMAIN = hash(0xd0);

let database: TestDatabase;
let source: DataSource;
let unitOfWork: UnitOfWork;
let outbox: Outbox;
let member = 0;

beforeAll(async () => {
  database = await migratedDatabase();
  source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  unitOfWork = new UnitOfWork(source);
  outbox = new Outbox(unitOfWork, new AtRest(hash(1), 'exchange'), new Forgotten(unitOfWork));
});
beforeEach(() => void member++);

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

/** Letters of so many bytes each, about as many objects; their ids. */
async function write(...sizes: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [i, bytes] of sizes.entries()) {
    const body = 'x'.repeat(bytes);
    const about = {
      v: 1,
      id: randomUUID(),
      domain: DOMAIN,
      from: 100,
      to: member,
      type: 'note',
      object: hash(i),
    } as const;
    await unitOfWork.run(() => outbox.add({ letter: { ...about, body }, hash: hash(i), carries: [] }));
    ids.push(about.id);
  }
  return ids;
}

/** Places of the letters that are taken at a time, until none is due. */
async function claims(): Promise<number[][]> {
  const turns: number[][] = [];
  for (;;) {
    const claimed = await unitOfWork.run(() => outbox.claim(member, CLAIMED_AT_ONCE));
    if (claimed.length === 0) return turns;
    turns.push(claimed.map(({ object }) => Number(object)));
  }
}

describe('letters to a member that are due', () => {
  it('are taken in their order, no more at a time than a process can hold', async () => {
    const third = CLAIMED_BYTES_AT_ONCE / 3;
    await write(third, 10, third, third, 10, 10);
    expect(await claims()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('are taken one by one where each is all that a process can hold, or more', async () => {
    await write(CLAIMED_BYTES_AT_ONCE, CLAIMED_BYTES_AT_ONCE - 28, 10);
    expect(await claims()).toEqual([[0], [1], [2]]);
  });

  it.each(['next_attempt_at', 'leased_until'])(
    'are taken though %s was set before the clock was put back, and not while it counts',
    async (column) => {
      await write(1, 1);
      const set = (place: number, ahead: string) =>
        source.query(
          `UPDATE exchange_outbox SET ${column} = now() + $3::interval WHERE to_member = $1 AND object = $2`,
          [member, Buffer.from(hash(place).slice(2), 'hex'), ahead],
        );
      await set(0, '2 hours');
      await set(1, '60 seconds');
      expect(await claims()).toEqual([[0]]);
    },
  );

  it('are taken many at a time where they are small', async () => {
    await write(...Array.from({ length: CLAIMED_AT_ONCE + 1 }, () => 1000));
    expect((await claims()).map(({ length }) => length)).toEqual([CLAIMED_AT_ONCE, 1]);
  });
});

it('looks for those whose turn it is by index, though statistics say that nothing waits', async () => {
  await source.query('VACUUM ANALYZE exchange_outbox');
  await source.query(
    `INSERT INTO exchange_outbox (id, to_member, type, object, body, hash, status, deadline)
     SELECT gen_random_uuid(), $1, 'note', sha256(n::text::bytea), '', '', 'READY', now() FROM generate_series(1, 1200) n`,
    [member],
  );
  const query = jest.spyOn(source.manager, 'query');
  expect(await outbox.claim(member, CLAIMED_AT_ONCE)).toHaveLength(CLAIMED_AT_ONCE);
  const [sql, parameters] = query.mock.calls[0]!;
  query.mockRestore();
  const [explained] = await source.query<{ 'QUERY PLAN': [{ Plan: { 'Shared Hit Blocks': number } }] }[]>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
    parameters as unknown[],
  );
  // Comparing each with all takes ten times as many.
  expect(explained!['QUERY PLAN'][0].Plan['Shared Hit Blocks']).toBeLessThan(5_000);
});

it('tells which letters were not taken in, of those that were done with', async () => {
  const ids = await write(1, 1, 1, 1, 1, 1);
  const seqs = (await unitOfWork.run(() => outbox.claim(member, CLAIMED_AT_ONCE))).map(({ seq }) => seq);
  const done = (i: number, outcome: string) => ({ seq: seqs[i]!, receipt: '', outcome });
  await outbox.delivered([done(0, 'HANDLED'), done(1, 'SET_ASIDE')]);
  await outbox.drop(seqs[2]!);
  await outbox.setAside(seqs[3]!, 'GAVE_UP');
  await outbox.setAside(seqs[4]!, 'GAVE_UP');
  await outbox.discard(seqs[4]!);
  expect(await outbox.untaken([...ids, randomUUID()])).toEqual(new Set([ids[1], ids[2], ids[4]]));
  expect(await outbox.untaken([])).toEqual(new Set());
});
