import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jest } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import type { Field } from '../../kernel/disclosure.js';
import type { BulkCommitments } from './bulk-commitments.js';
import { commit, newSeed, type Uncommitted } from './commitment.js';

// A thread is begun by its compiled file's name: what is tried is the compiled class.
const compiled = (path: string) => pathToFileURL(resolve('dist/node/src', path));
const { BulkCommitments: Compiled } = (await import(compiled('documents/commitment/bulk-commitments.js').href)) as {
  BulkCommitments: typeof BulkCommitments;
};

const order = (fields: number): Uncommitted => ({
  seed: newSeed(),
  fields: Array.from({ length: fields }, (_, i): Field => ({ path: `/lines/${i}/name`, value: `größer \ud800 ${i}` })),
});
const rootOf = ({ fields, seed }: Uncommitted) => commit(fields, seed).root;

let commitments: BulkCommitments;
let warned: unknown[];
beforeEach(() => {
  commitments = new Compiled();
  warned = [];
  jest.spyOn(commitments['logger'], 'warn').mockImplementation((message: unknown) => void warned.push(message));
});
afterEach(() => commitments.onApplicationShutdown());

const thread = () => commitments['worker']?.['worker'];

/** Whether anything else had its turn before `work` was done. */
async function letsOthers(work: () => Promise<unknown>): Promise<boolean> {
  let had = false;
  const turn = setImmediate(() => (had = true));
  await work();
  clearImmediate(turn);
  return had;
}

it('are those of each, in the order given, while others have their turn', async () => {
  const items = Array.from({ length: 40 }, (_, i) => order(20 + i));
  let roots: string[] = [];
  expect(await letsOthers(async () => (roots = await commitments.rootsOf(items)))).toBe(true);
  expect(roots).toEqual(items.map(rootOf));
  expect([warned, thread()]).toEqual([[], expect.any(Worker)]);
});

it('are made at once of few fields, by no thread', async () => {
  const item = order(30);
  let roots: string[] = [];
  expect(await letsOthers(async () => (roots = await commitments.rootsOf([item])))).toBe(false);
  expect([roots, thread()]).toEqual([[rootOf(item)], undefined]);
});

it('refuse what commit refuses', async () => {
  const twice = { ...order(2), fields: [order(1).fields[0]!, order(1).fields[0]!] };
  await expect(commitments.rootsOf([order(2000), twice])).rejects.toMatchObject({ code: 'COMMITMENT_PATH_REPEATED' });
  await expect(commitments.rootsOf([order(2000), order(0)])).rejects.toThrow(RangeError);
  expect(warned).toEqual([]);
});

it('come of several at once, each its own', async () => {
  const requests = [3, 2, 1].map((n) => Array.from({ length: n }, () => order(1000)));
  expect(await Promise.all(requests.map((items) => commitments.rootsOf(items)))).toEqual(
    requests.map((items) => items.map(rootOf)),
  );
});

it('come, whatever ends the thread meanwhile, and then of the next one', async () => {
  const items = [order(30_000)];
  await commitments.rootsOf([order(1000)]);
  const first = thread()!;
  const roots = commitments.rootsOf(items);
  await first.terminate();
  expect(await roots).toEqual(items.map(rootOf));
  expect(await commitments.rootsOf(items)).toEqual(items.map(rootOf));
  expect([warned, thread() === first]).toEqual([[], false]);
});

it('come, and a warning, of a thread that fails', async () => {
  const items = [order(1000)];
  const roots = commitments.rootsOf(items);
  thread()!.emit('error', new Error('out of memory'));
  await thread()!.terminate();
  expect(await roots).toEqual(items.map(rootOf));
  expect(warned).toEqual([{ err: new Error('out of memory') }]);
});

it('come, and a warning, where the system has no thread to give', async () => {
  const err = Object.assign(new Error('no thread'), { code: 'ERR_WORKER_INIT_FAILED' });
  jest.spyOn(commitments as unknown as { started(): never }, 'started').mockImplementation(() => {
    throw err;
  });
  const items = [order(1000)];
  expect(await commitments.rootsOf(items)).toEqual(items.map(rootOf));
  expect([warned, thread()]).toEqual([[{ err }], undefined]);
});

it('are asked of no thread that was told to end', async () => {
  await commitments.rootsOf([order(1000)]);
  const first = thread()!;
  const ended = commitments.onApplicationShutdown();
  expect(await commitments.rootsOf([order(1000)])).toHaveLength(1);
  await ended;
  expect([warned, thread() === first, first.threadId]).toEqual([[], false, -1]);
});

it('are made by what the bundle has for it', async () => {
  const bundled = new Worker(compiled('bundle/roots-thread.js'));
  try {
    const items = [order(3), order(200), { ...order(2), fields: [] }];
    bundled.postMessage(JSON.stringify(items));
    const answer = await new Promise((done) => bundled.once('message', done));
    expect(answer).toEqual([rootOf(items[0]!), rootOf(items[1]!), null]);
  } finally {
    await bundled.terminate();
  }
});
