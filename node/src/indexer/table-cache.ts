import type { ChainTableShape } from './chain-table.js';

/** A row, or that there is none, as of the last applied event. */
export interface Entry {
  readonly key: string;
  row: Readonly<Record<string, unknown>> | undefined;
  /** Whether the table holds it once all flushes handed over so far are done. */
  stored: boolean;
  /** The event, counted over all, that may read it. */
  turn: number;
  /** The last block for which its before-image was taken. */
  imaged: number;
}

/**
 * Rows of one table that were used lately, in two generations: what was not used between two rotations is forgotten.
 * Rotated with every other batch at most, so that the rows of the two batches that may still be being written stay known.
 */
export class TableCache {
  private rested = false;
  private young = new Map<string, Entry>();
  private old = new Map<string, Entry>();
  readonly changed = new Set<Entry>();

  constructor(
    readonly table: ChainTableShape,
    /** Whether every row of the table is in here, so that an unknown key is an absent row. */
    private complete: boolean,
  ) {}

  keyOf(values: Readonly<Record<string, unknown>>): string {
    const { key } = this.table;
    if (key.length === 1) return String(values[key[0]!]);
    return key.map((column) => String(values[column])).join('|');
  }

  find(key: string): Entry | undefined {
    const entry = this.young.get(key);
    if (entry) return entry;
    const older = this.old.get(key);
    if (older) this.young.set(key, older);
    return older ?? (this.complete ? this.add(key, undefined) : undefined);
  }

  /** Takes in a row that was read, or its absence. */
  add(key: string, row: Entry['row']): Entry {
    const entry: Entry = { key, row, stored: row !== undefined, turn: -1, imaged: -1 };
    this.young.set(key, entry);
    return entry;
  }

  /** To be called once for each batch that changed the table. */
  rotate(limit: number): void {
    if (this.young.size < limit || !this.rested) {
      this.rested = true;
      return;
    }
    this.rested = false;
    this.complete &&= this.old.size === 0;
    this.old = this.young;
    this.young = new Map();
  }
}
