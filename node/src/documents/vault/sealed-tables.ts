import { Injectable, Logger } from '@nestjs/common';
import type { UnitOfWork } from '../../database/index.js';
import { toHex } from '../../kernel/hex.js';
import type { VaultCipher, WrappedKey } from './vault-cipher.js';

/** How many rows are wrapped under a key; null is the first one. */
export interface KeyUse {
  readonly nodeKey: string | null;
  readonly rows: number;
  /** Of the first MOST_TRIED of those under a former key: data keys that do not open. */
  readonly unreadable: number;
}

/** So many rows are tried to tell how many do not open. */
export const MOST_TRIED = 1000;

/** So many of them are named in a line of the log. */
const MOST_NAMED = 10;

/** The key of a row: where to go on behind it. */
export type RowPlace = readonly Buffer[];

/** A table with columns `node_key` and `wrapped_key`. */
export interface SealedTable<Row> {
  readonly name: string;
  /** Its primary key's columns, all bytea. */
  readonly key: readonly (keyof Row & string)[];
  /** SQL of what {@link identityOf} needs, the key included. */
  readonly columns: string;
  identityOf(row: Row): string;
}

type Wrapped<Row> = Row & { readonly node_key: string | null; readonly wrapped_key: Buffer };

interface Rewrapped<Row> {
  readonly row: Wrapped<Row>;
  readonly anew: WrappedKey;
}

/** `$1` are the ids of former keys. */
const UNDER_FORMER = '(node_key = ANY($1) OR node_key IS NULL) AND wrapped_key IS NOT NULL';

/** A table of sealed rows, as those see it who look after keys: never what is in it. */
export class SealedRows<Row extends object> {
  private readonly logger = new Logger(SealedRows.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: VaultCipher,
    private readonly table: SealedTable<Row>,
  ) {}

  async use(): Promise<KeyUse[]> {
    const rows = await this.unitOfWork.manager.query<{ node_key: string | null; n: string }[]>(
      `SELECT node_key, count(*) AS n FROM ${this.table.name} WHERE wrapped_key IS NOT NULL GROUP BY node_key`,
    );
    const unreadable = rows.length > 0 ? await this.unreadable() : [];
    return rows.map(({ node_key: nodeKey, n }) => ({
      nodeKey,
      rows: Number(n),
      unreadable: unreadable.filter((row) => row.node_key === nodeKey).length,
    }));
  }

  /**
   * Looks at up to `limit` data keys under a former key, in the order of their rows' keys from behind `after` on, and wraps anew those
   * that open, within the current unit of work; returns where the last is, undefined at the end of the table. One that does not open
   * stays as it is and holds up no other. Each row says for itself under which key it is: who stops in between goes on where it was.
   */
  async rewrapSome(limit: number, after?: RowPlace): Promise<RowPlace | undefined> {
    const { name, key, columns } = this.table;
    const rows = await this.unitOfWork.manager.query<Wrapped<Row>[]>(
      `SELECT ${columns}, node_key, wrapped_key FROM ${name}
       WHERE ${UNDER_FORMER} AND (${key.join(', ')}) > (${key.map((_, i) => `$${i + 3}::bytea`).join(', ')})
       ORDER BY ${key.join(', ')} LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [this.cipher.former, limit, ...(after ?? key.map(() => Buffer.alloc(0)))],
    );
    const opened = rows.flatMap((row) => this.rewrapped(row) ?? []);
    await this.write(opened);
    const done = new Set(opened.map(({ row }) => row));
    this.tell(rows.filter((row) => !done.has(row)));
    const last = rows.at(-1);
    return last && rows.length === limit ? this.placeOf(last) : undefined;
  }

  /** Rows under a former key that do not open, of MOST_TRIED. */
  private async unreadable(): Promise<Wrapped<Row>[]> {
    const rows = await this.unitOfWork.manager.query<Wrapped<Row>[]>(
      `SELECT ${this.table.columns}, node_key, wrapped_key FROM ${this.table.name} WHERE ${UNDER_FORMER} LIMIT $2`,
      [this.cipher.former, MOST_TRIED],
    );
    return rows.filter((row) => !this.rewrapped(row));
  }

  /** Undefined when its data key does not open. */
  private rewrapped(row: Wrapped<Row>): Rewrapped<Row> | undefined {
    const { node_key: nodeKey, wrapped_key: wrappedKey } = row;
    try {
      return { row, anew: this.cipher.rewrap(this.table.identityOf(row), { nodeKey, wrappedKey }) };
    } catch {
      return undefined;
    }
  }

  private async write(opened: readonly Rewrapped<Row>[]): Promise<void> {
    if (opened.length === 0) return;
    const { name, key } = this.table;
    await this.unitOfWork.manager.query(
      `UPDATE ${name} t SET node_key = $1, wrapped_key = n.wrapped_key
       FROM unnest($2::bytea[], ${key.map((_, i) => `$${i + 3}::bytea[]`).join(', ')}) AS n(wrapped_key, ${key.join(', ')})
       WHERE ${key.map((column) => `t.${column} = n.${column}`).join(' AND ')}`,
      [
        this.cipher.current,
        opened.map(({ anew }) => anew.wrappedKey),
        ...key.map((column) => opened.map(({ row }) => row[column])),
      ],
    );
  }

  private tell(unreadable: readonly Wrapped<Row>[]): void {
    if (unreadable.length === 0) return;
    const keys = unreadable.slice(0, MOST_NAMED).map((row) => this.placeOf(row).map(toHex).join(' '));
    this.logger.error(
      { table: this.table.name, rows: unreadable.length, keys },
      'data keys do not open: they stay under their former key of the node',
    );
  }

  private placeOf(row: Row): RowPlace {
    return this.table.key.map((column) => row[column] as Buffer);
  }
}

/** All tables of sealed rows; rooms add theirs. */
@Injectable()
export class SealedTables {
  private readonly tables: Pick<SealedRows<object>, 'use' | 'rewrapSome'>[] = [];

  add<Row extends object>(table: SealedRows<Row>): void {
    this.tables.push(table);
  }

  all(): readonly Pick<SealedRows<object>, 'use' | 'rewrapSome'>[] {
    return this.tables;
  }
}
