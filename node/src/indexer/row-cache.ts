import type { ChainTable, ChainTableShape } from './chain-table.js';
import type { TouchedKey } from './projection.js';
import type { RowStore } from './row-store.js';
import { type Entry, TableCache } from './table-cache.js';

type Values = Readonly<Record<string, unknown>>;

/** A row as it was before a block changed it. */
export interface BeforeImage {
  readonly block: number;
  readonly table: ChainTableShape;
  readonly key: Values;
  readonly before: Values | undefined;
}

/** What a batch of events did to one table. */
export interface TableChange {
  readonly table: ChainTableShape;
  readonly inserts: readonly Values[];
  readonly updates: readonly Values[];
}

/** Reads rows by their keys; absent ones are left out. */
export type LoadRows = (table: ChainTableShape, keys: readonly Values[]) => Promise<readonly Values[]>;

/** Rows a table that are kept before the older generation is forgotten. */
const GENERATION = 16_384;

/** The rows that events work on: read in bulk before a batch is applied, collected in bulk after it. */
export class RowCache implements RowStore {
  private readonly tables = new Map<ChainTableShape, TableCache>();
  private images: BeforeImage[] = [];
  private turn = 0;
  private block = -1;
  private recording = false;

  /** `complete`: all tables are empty, so what is not in here does not exist. */
  constructor(
    private readonly load: LoadRows,
    private readonly complete: boolean,
  ) {}

  /** Finds the rows that each event touches, those unknown by one read a table. */
  async preload(touched: readonly (readonly TouchedKey[])[]): Promise<Entry[][]> {
    const missing = new Map<TableCache, Map<string, Values>>();
    for (const keys of touched) {
      for (const { table, key } of keys) {
        const cache = this.cacheOf(table);
        const id = cache.keyOf(key);
        if (cache.find(id)) continue;
        const wanted = missing.get(cache) ?? new Map<string, Values>();
        missing.set(cache, wanted.set(id, key));
      }
    }
    await Promise.all([...missing].map(([cache, keys]) => this.read(cache, keys)));
    return touched.map((keys) =>
      keys.map(({ table, key }) => {
        const cache = this.cacheOf(table);
        return cache.find(cache.keyOf(key))!;
      }),
    );
  }

  /** The next event is at `block` and may read `entries`. `recording`: the block may have to be undone. */
  begin(block: number, recording: boolean, entries: readonly Entry[]): void {
    this.turn++;
    this.block = block;
    this.recording = recording;
    for (const entry of entries) entry.turn = this.turn;
  }

  get<Row>(table: ChainTable<Row>, key: Partial<Row>): Row | undefined {
    return this.touched(table, key as Values).row as Row | undefined;
  }

  put<Row>(table: ChainTable<Row>, row: Row): void {
    const cache = this.cacheOf(table);
    const id = cache.keyOf(row as Values);
    const entry = cache.find(id) ?? cache.add(id, undefined);
    if (entry.turn !== this.turn) {
      if (entry.row)
        throw new Error(`${table.name} ${id} is there already: the projection must touch what it replaces`);
      entry.turn = this.turn;
    }
    this.change(cache, entry, row as Values);
  }

  patch<Row>(table: ChainTable<Row>, key: Partial<Row>, change: Partial<Row>): Row {
    const cache = this.cacheOf(table);
    const entry = this.touched(table, key as Values);
    if (!entry.row) throw new Error(`${table.name} ${entry.key} is not there to be changed`);
    const row = { ...entry.row, ...(change as Values) };
    this.change(cache, entry, row);
    return row as Row;
  }

  /** What was changed since the last time, for the one flush that must write it; the rows stay known. */
  collect(): { changes: TableChange[]; images: BeforeImage[] } {
    const changes: TableChange[] = [];
    for (const cache of this.tables.values()) {
      if (!cache.changed.size) continue;
      const inserts: Values[] = [];
      const updates: Values[] = [];
      for (const entry of cache.changed) {
        (entry.stored ? updates : inserts).push(entry.row!);
        entry.stored = true;
      }
      cache.changed.clear();
      cache.rotate(GENERATION);
      changes.push({ table: cache.table, inserts, updates });
    }
    const { images } = this;
    this.images = [];
    return { changes, images };
  }

  private async read(cache: TableCache, keys: ReadonlyMap<string, Values>): Promise<void> {
    const rows = await this.load(cache.table, [...keys.values()]);
    const byKey = new Map(rows.map((row) => [cache.keyOf(row), row]));
    for (const id of keys.keys()) cache.add(id, byKey.get(id));
  }

  private touched(table: ChainTableShape, key: Values): Entry {
    const cache = this.cacheOf(table);
    const id = cache.keyOf(key);
    const entry = cache.find(id);
    if (entry?.turn !== this.turn) throw new Error(`${table.name} ${id} was read without being touched`);
    return entry;
  }

  private change(cache: TableCache, entry: Entry, row: Values): void {
    if (this.recording && entry.imaged !== this.block) {
      const key = Object.fromEntries(cache.table.key.map((column) => [column, row[column]]));
      this.images.push({ block: this.block, table: cache.table, key, before: entry.row });
      entry.imaged = this.block;
    }
    entry.row = row;
    cache.changed.add(entry);
  }

  private cacheOf(table: ChainTableShape): TableCache {
    const known = this.tables.get(table);
    if (known) return known;
    const cache = new TableCache(table, this.complete);
    this.tables.set(table, cache);
    return cache;
  }
}
