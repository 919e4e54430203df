import type { Hex } from '../../kernel/hex.js';
import type { Watch } from '../domain/watch.js';
import { WatchFinancing } from './watch-financing.js';

const ID: Hex = `0x${'a1'.repeat(32)}`;
const BEFORE: Watch = { waiting: true, covered: { block: 7, logIndex: 2 }, shortfall: '5.00', causes: [] };

/** What a look at a financing in this state does at its holder, where a document is on its way, and what it keeps. */
async function look(status: string, { before = BEFORE, rebuilding = false } = {}) {
  const done: string[] = [];
  const kept: Watch[] = [];
  const doing = (what: string, value: unknown) => () => Promise.resolve((done.push(what), value));
  const parts = [
    { run: (work: () => Promise<boolean>) => work() },
    { lock: () => Promise.resolve({ status, financing: { side: 'HOLDER' } }) },
    { find: () => Promise.resolve(before), save: (_: Hex, watch: Watch) => Promise.resolve(void kept.push(watch)) },
    { run: doing('show', true) },
    { run: doing('weigh', BEFORE) },
    { holdErasures: () => Promise.resolve() },
    { rebuilding: () => Promise.resolve(rebuilding) },
  ] as never[];
  const looked = await new (WatchFinancing as new (...args: never[]) => WatchFinancing)(...parts).run(ID);
  return { done, kept, looked };
}

it.each([
  ['OFFERED', ['show']],
  ['DISBURSED', ['show', 'weigh']],
  ['REPAID', ['show']],
  ['CLOSED', []],
])(
  'of one that is %s its lender gets what is new and the cover is weighed as far as it counts: %j',
  async (status, done) => {
    expect((await look(status)).done).toEqual(done);
  },
);

it('keeps of one that is repaid where its cover last sufficed: a repayment may be gone with its acknowledgement', async () => {
  const { kept } = await look('REPAID');
  expect(kept).toEqual([{ waiting: true, covered: { block: 7, logIndex: 2 }, shortfall: null, causes: [] }]);
});

it('keeps what it knew, and shows nothing, amid a rebuild: the chain’s rows are of long ago', async () => {
  expect(await look('OFFERED', { rebuilding: true })).toEqual({ done: [], kept: [], looked: false });
});
