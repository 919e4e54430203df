import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

const MOST = 8;

function lookup(inUnit?: () => boolean) {
  const asked: string[][] = [];
  const rows = new Lookup<string, Row>(
    (keys) => {
      asked.push([...keys]);
      return keys.includes('broken')
        ? Promise.reject(new Error('down'))
        : Promise.resolve(ROWS.filter(({ owners }) => owners.some((owner) => keys.includes(owner))));
    },
    ({ owners }) => owners,
    inUnit && { inUnit, most: MOST },
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

describe('one that callers share who know nothing of one another', () => {
  it('is asked once for all of one turn, and gives each its own', async () => {
    const { asked, numbers } = lookup(() => false);
    expect(await Promise.all([numbers('a'), numbers('b', 'c'), numbers('a'), numbers('none')])).toEqual([
      [1, 2],
      [2, 3],
      [1, 2],
      [],
    ]);
    expect(await numbers('a')).toEqual([1, 2]);
    expect(asked).toEqual([['a', 'b', 'c', 'none'], ['a']]);
  });

  it('is asked once more for all who come while it is, and never for two at a time', async () => {
    let under = 0;
    const asked: string[][] = [];
    const answers: (() => void)[] = [];
    const rows = new Lookup<string, Row>(
      async (keys) => {
        expect(++under).toBe(1);
        asked.push([...keys]);
        await new Promise<void>((resolve) => answers.push(resolve));
        under--;
        return ROWS;
      },
      ({ owners }) => owners,
      { inUnit: () => false, most: MOST },
    );
    const turns = async () => {
      for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
    };
    const first = rows.of(['a']);
    await turns();
    const second = rows.of(['b']);
    await turns();
    const third = rows.of(['a', 'c']);
    await turns();
    expect(asked).toEqual([['a']]);
    answers[0]!();
    expect(await first).toHaveLength(2);
    await turns();
    expect(asked).toEqual([['a'], ['b', 'a', 'c']]);
    answers[1]!();
    expect([(await second).length, (await third).length]).toEqual([1, 3]);
  });

  describe('while a large statement is under way', () => {
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    async function underWay() {
      const asked: string[][] = [];
      const rows = new Lookup<string, Row>(
        (keys) => {
          asked.push([...keys]);
          return new Promise<never>(() => {});
        },
        ({ owners }) => owners,
        { inUnit: () => false, most: 2 },
      );
      void rows.of(['large']);
      while (asked.length === 0) await turn();
      return { asked, rows };
    }

    it('goes out at once when it is full', async () => {
      const { asked, rows } = await underWay();
      void rows.of(['a', 'b']);
      void rows.of(['c']);
      for (let n = 0; n < 3; n++) await turn();
      expect(asked).toEqual([['large'], ['a', 'b']]);
    });

    it('goes out soon when it is not, with all who came meanwhile', async () => {
      const { asked, rows } = await underWay();
      void rows.of(['a']);
      await turn();
      void rows.of(['c']);
      for (const end = Date.now() + 5000; asked.length < 2 && Date.now() < end;) await turn();
      expect(asked).toEqual([['large'], ['a', 'c']]);
    });
  });

  it('is asked once for one key of all, few as a statement may take', async () => {
    const asked: string[][] = [];
    const rows = new Lookup<string, Row>(
      (keys) => {
        asked.push([...keys]);
        return Promise.resolve(ROWS);
      },
      ({ owners }) => owners,
      { inUnit: () => false, most: 1 },
    );
    await Promise.all([rows.of(['a']), rows.of(['a']), rows.of(['a'])]);
    expect(asked).toEqual([['a']]);
  });

  it('leaves a unit of work to itself', async () => {
    let within = false;
    const { asked, numbers } = lookup(() => within);
    const outside = numbers('a');
    within = true;
    const inside = numbers('b');
    within = false;
    expect(await Promise.all([outside, inside, numbers('c')])).toEqual([[1, 2], [2], [3]]);
    expect(asked).toEqual([['b'], ['a', 'c']]);
  });

  it('asks for few keys a statement, and for many by themselves', async () => {
    const { asked, numbers } = lookup(() => false);
    const some = (from: number, count: number) => Array.from({ length: count }, (_, i) => `${from + i}`);
    const keys = [some(0, MOST - 1), some(100, MOST + 1), ['a'], ['b']];
    const found = await Promise.all(keys.map((each) => numbers(...each)));
    expect(found).toEqual([[], [], [1, 2], [2]]);
    expect(asked).toEqual([some(100, MOST + 1), [...some(0, MOST - 1), 'a'], ['b']]);
  });

  it('keeps lists apart', async () => {
    const { asked, numbers } = lookup(() => false);
    await Promise.all([numbers('a'), together(['b', 'c'], (key) => numbers(key))]);
    expect(asked.toSorted()).toEqual([['a'], ['b', 'c']]);
  });

  it('keeps no row that was given', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const given: WeakRef<Row>[] = [];
    const rows = new Lookup<string, Row>(
      () => {
        const row = { owners: ['a'], n: 1 };
        given.push(new WeakRef(row));
        return Promise.resolve([row]);
      },
      ({ owners }) => owners,
      { inUnit: () => false, most: MOST },
    );
    expect((await rows.of(['a'])).length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    collect();
    expect(given[0]!.deref()).toBeUndefined();
    expect((await rows.of(['a'])).length).toBe(1);
  });

  it('fails for all who asked, and for none who ask again', async () => {
    const { numbers } = lookup(() => false);
    const told = (error: Error) => error.message;
    expect(await Promise.all([numbers('a').catch(told), numbers('broken').catch(told)])).toEqual(['down', 'down']);
    expect(await numbers('a')).toEqual([1, 2]);
  });
});
