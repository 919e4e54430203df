import { Lookup, together } from './together.js';

interface Row {
  readonly owners: readonly string[];
  readonly n: number;
}

const ROWS: readonly Row[] = [
  { owners: ['a'], n: 1 },
  { owners: ['a', 'b'], n: 2 },
  { owners: ['c'], n: 3 },
];

function lookup() {
  const asked: string[][] = [];
  const rows = new Lookup<string, Row>(
    (keys) => {
      asked.push([...keys]);
      return keys.includes('broken')
        ? Promise.reject(new Error('down'))
        : Promise.resolve(ROWS.filter(({ owners }) => owners.some((owner) => keys.includes(owner))));
    },
    ({ owners }) => owners,
  );
  return { asked, rows, numbers: async (...keys: string[]) => (await rows.of(keys)).map(({ n }) => n) };
}

it('is asked by itself outside of a list', async () => {
  const { asked, numbers } = lookup();
  expect(await Promise.all([numbers('a'), numbers('b', 'c')])).toEqual([
    [1, 2],
    [2, 3],
  ]);
  expect(asked).toEqual([['a'], ['b', 'c']]);
});

it('is asked once for a list, step by step, and gives each its own', async () => {
  const { asked, numbers } = lookup();
  const twice = await together(['a', 'b', 'none'], async (key) => [await numbers(key), await numbers(key, 'c')]);
  expect(twice).toEqual([
    [
      [1, 2],
      [1, 2, 3],
    ],
    [[2], [2, 3]],
    [[], [3]],
  ]);
  expect(asked).toEqual([
    ['a', 'b', 'none'],
    ['a', 'c', 'b', 'none'],
  ]);
});

it('asks nothing for nothing', async () => {
  const { asked, numbers } = lookup();
  expect(await together([1], () => numbers())).toEqual([[]]);
  expect(asked).toEqual([]);
});

it('fails for all who asked, and for none who ask again', async () => {
  const { numbers } = lookup();
  const outcomes = await together(['a', 'broken'], async (key) => {
    const first = await numbers(key).catch((error: Error) => error.message);
    return [first, await numbers('a')];
  });
  expect(outcomes).toEqual([
    ['down', [1, 2]],
    ['down', [1, 2]],
  ]);
});

it('keeps lists apart', async () => {
  const { asked, numbers } = lookup();
  await Promise.all([together(['a'], (key) => numbers(key)), together(['b'], (key) => numbers(key))]);
  expect(asked).toEqual([['a'], ['b']]);
});
