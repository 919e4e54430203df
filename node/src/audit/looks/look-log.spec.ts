import type pg from 'pg';
import type { UnitOfWork } from '../../database/index.js';
import type { LookEntry } from './look.js';
import { LookLog } from './look-log.js';

const entry = (outcome: string): LookEntry => ({
  ...{ object: `0x${'ab'.repeat(32)}`, root: null, fields: ['/amount'], grant: null, purpose: null, outcome },
  ...{ viewer: 'bank-a', reader: null, block: 1, seenAt: null, envelope: null, requestId: null },
});

/** A log of a database that stores no `bad` outcome and breaks the connection at a `lost` one, and the outcomes of each statement. */
function logOf() {
  const statements: string[][] = [];
  const query = ({ values }: { values: unknown[][] }) => {
    const outcomes = values[8] as string[];
    statements.push(outcomes);
    if (outcomes.includes('bad')) return Promise.reject(Object.assign(new Error('refused'), { code: '22021' }));
    return outcomes.includes('lost') ? Promise.reject(new Error('the connection broke')) : Promise.resolve();
  };
  return { log: new LookLog({ query } as unknown as pg.Pool, {} as UnitOfWork), statements };
}

it('writes what comes meanwhile in one statement, and of that refuses what is refused alone', async () => {
  const { log, statements } = logOf();
  const results = await Promise.allSettled(['a', 'b', 'bad', 'c'].map((outcome) => log.add([entry(outcome)])));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(statements).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
});

it('writes nothing twice of which it does not know whether it was written', async () => {
  const { log, statements } = logOf();
  const results = await Promise.allSettled(['a', 'b', 'lost'].map((outcome) => log.add([entry(outcome)])));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(statements).toEqual([['a'], ['b', 'lost']]);
});

it('tells once of those that were written together', async () => {
  const { log } = logOf();
  let told = 0;
  log.onAdded(() => told++);
  await Promise.all(['a', 'b', 'c'].map((outcome) => log.add([entry(outcome)])));
  await log.add([]);
  expect(told).toBe(2);
});
