import { defineChainTable } from './chain-table.js';
import { touch } from './projection.js';
import { type LoadRows, RowCache } from './row-cache.js';

interface Row {
  readonly id: number;
  readonly part: string;
  readonly value: number | null;
}

const table = defineChainTable<Row>({
  name: 'chain_things',
  key: ['id', 'part'],
  columns: { id: 'int4', part: 'text', value: 'int4' },
});
const key = { id: 1, part: 'a' };

/** A cache over stored rows, and the keys that it asked for, a list a query. */
function cacheOver(stored: readonly Row[], complete = false) {
  const asked: (readonly unknown[])[] = [];
  const load: LoadRows = (_table, keys) => {
    asked.push(keys);
    const wanted = new Set(keys.map((each) => JSON.stringify(each)));
    return Promise.resolve(stored.filter(({ id, part }) => wanted.has(JSON.stringify({ id, part }))) as never[]);
  };
  return { cache: new RowCache(load, complete), asked };
}

const row = (value: number | null): Row => ({ ...key, value });

describe('RowCache', () => {
  it('reads all rows that a batch touches at once, and each only once', async () => {
    const { cache, asked } = cacheOver([row(7)]);
    const other = { id: 2, part: 'a' };
    const [first] = await cache.preload([[touch(table, key), touch(table, other)], [touch(table, key)]]);
    expect(asked).toEqual([[key, other]]);
    cache.begin(1, false, first!);
    expect(cache.get(table, key)).toEqual(row(7));
    expect(cache.get(table, other)).toBeUndefined();
    await cache.preload([[touch(table, other)]]);
    expect(asked).toHaveLength(1);
  });

  it('shows each event what the ones before it did', async () => {
    const { cache } = cacheOver([row(1)]);
    const entries = await cache.preload([[touch(table, key)], [touch(table, key)]]);
    cache.begin(5, true, entries[0]!);
    expect(cache.patch(table, key, { value: 2 })).toEqual(row(2));
    cache.begin(5, true, entries[1]!);
    expect(cache.get(table, key)).toEqual(row(2));
  });

  it('refuses to read, in whatever state it is, a row that the event did not touch', async () => {
    const { cache } = cacheOver([row(1)]);
    const [entries] = await cache.preload([[touch(table, key)], []]);
    cache.begin(1, false, entries!);
    cache.begin(1, false, []);
    expect(() => cache.get(table, key)).toThrow('read without being touched');
    expect(() => cache.patch(table, key, { value: 3 })).toThrow('read without being touched');
    expect(() => cache.put(table, row(3))).toThrow('is there already');
  });

  it('refuses to patch a row that is not there', async () => {
    const { cache } = cacheOver([]);
    const [entries] = await cache.preload([[touch(table, key)]]);
    cache.begin(1, false, entries!);
    expect(() => cache.patch(table, key, { value: 3 })).toThrow('not there to be changed');
  });

  it('tells inserts from updates, also after they were handed over', async () => {
    const { cache } = cacheOver([row(1)]);
    const [entries] = await cache.preload([[touch(table, key)]]);
    cache.begin(1, false, entries!);
    cache.patch(table, key, { value: 2 });
    cache.put(table, { id: 2, part: 'new', value: 0 });
    cache.patch(table, { id: 2, part: 'new' }, { value: null });
    const { changes } = cache.collect();
    expect(changes).toEqual([{ table, inserts: [{ id: 2, part: 'new', value: null }], updates: [row(2)] }]);
    const [again] = await cache.preload([[touch(table, { id: 2, part: 'new' })]]);
    cache.begin(2, false, again!);
    cache.patch(table, { id: 2, part: 'new' }, { value: 9 });
    expect(cache.collect().changes).toEqual([{ table, inserts: [], updates: [{ id: 2, part: 'new', value: 9 }] }]);
    expect(cache.collect().changes).toEqual([]);
  });

  it('keeps the image before each block, once a block, and only where it is asked to', async () => {
    const { cache } = cacheOver([row(1)]);
    const entries = await cache.preload(Array.from({ length: 4 }, () => [touch(table, key)]));
    const change = (block: number, recording: boolean, index: number, value: number) => {
      cache.begin(block, recording, entries[index]!);
      cache.patch(table, key, { value });
    };
    change(1, false, 0, 2);
    change(2, true, 1, 3);
    change(2, true, 2, 4);
    change(3, true, 3, 5);
    cache.put(table, { id: 9, part: 'new', value: 1 });
    expect(cache.collect().images).toEqual([
      { block: 2, table, key, before: row(2) },
      { block: 3, table, key, before: row(4) },
      { block: 3, table, key: { id: 9, part: 'new' }, before: undefined },
    ]);
  });

  it('knows that nothing is in empty tables without asking', async () => {
    const { cache, asked } = cacheOver([], true);
    const [entries] = await cache.preload([[touch(table, key)]]);
    cache.begin(1, false, entries!);
    expect(cache.get(table, key)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  describe('with more rows than it keeps', () => {
    const crowd = (cache: RowCache, from: number) => {
      cache.begin(1, false, []);
      for (let id = from; id < from + 50_000; id++) cache.put(table, { id, part: 'b', value: null });
      cache.collect();
    };
    const crowded = (batches: number) => {
      const { cache, asked } = cacheOver([row(1)], true);
      cache.begin(1, false, []);
      cache.put(table, row(1));
      for (let i = 1; i <= batches; i++) crowd(cache, i * 100_000);
      return { cache, asked };
    };

    it('asks again for what it forgot, and never takes forgotten for absent', async () => {
      const { cache, asked } = crowded(4);
      const [entries] = await cache.preload([[touch(table, key)]]);
      expect(asked).toEqual([[key]]);
      cache.begin(2, false, entries!);
      expect(cache.get(table, key)).toEqual(row(1));
    });

    it('knows what the last two batches changed: it may not be in the table yet', async () => {
      for (const batches of [2, 3]) {
        const { cache, asked } = crowded(batches);
        const changed = [batches, batches - 1].map((batch) => touch(table, { id: batch * 100_000, part: 'b' }));
        await cache.preload([changed]);
        expect(asked).toEqual([]);
      }
    });
  });
});

describe('defineChainTable', () => {
  it('refuses names that need quoting and keys that are no columns', () => {
    const columns = { id: 'int4' } as const;
    expect(() => defineChainTable<{ id: number }>({ name: 'chain_Odd', key: ['id'], columns })).toThrow('plain');
    expect(() => defineChainTable<{ id: number }>({ name: 'chain_odd', key: [], columns })).toThrow('key');
  });
});
