import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../database/index.js';
import type { VaultCipher, WrappedKey } from './vault-cipher.js';

/** How many rows are wrapped under a key; null is the first one. */
export interface KeyUse {
  readonly nodeKey: string | null;
  readonly rows: number;
}

/** A table with columns `node_key` and `wrapped_key`. */
export interface SealedTable<Row> {
  readonly name: string;
  /** Its primary key's columns, all bytea. */
  readonly key: readonly (keyof Row & string)[];
  /** SQL of what {@link identityOf} needs, the key included. */
  readonly columns: string;
  identityOf(row: Row): string;
}

/** A table of sealed rows, as those see it who look after keys: never what is in it. */
export class SealedRows<Row extends object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cipher: VaultCipher,
    private readonly table: SealedTable<Row>,
  ) {}

  async use(): Promise<KeyUse[]> {
    const rows = await this.unitOfWork.manager.query<{ node_key: string | null; n: string }[]>(
      `SELECT node_key, count(*) AS n FROM ${this.table.name} WHERE wrapped_key IS NOT NULL GROUP BY node_key`,
    );
    return rows.map(({ node_key: nodeKey, n }) => ({ nodeKey, rows: Number(n) }));
  }

  /**
   * Wraps up to `limit` data keys anew that are under a former key, within the current unit of work; returns how many. Each
   * row says for itself under which key it is: who stops in between goes on where it was.
   */
  async rewrapSome(limit: number): Promise<number> {
    const { name, key, columns, identityOf } = this.table;
    const rows = await this.unitOfWork.manager.query<(Row & { node_key: string | null; wrapped_key: Buffer })[]>(
      `SELECT ${columns}, node_key, wrapped_key FROM ${name}
       WHERE (node_key = ANY($1) OR node_key IS NULL) AND wrapped_key IS NOT NULL LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [this.cipher.former, limit],
    );
    if (rows.length === 0) return 0;
    const wrapped = rows.map((row): WrappedKey => {
      return this.cipher.rewrap(identityOf(row), { nodeKey: row.node_key, wrappedKey: row.wrapped_key });
    });
    const places = key.map((_, i) => `$${i + 3}::bytea[]`).join(', ');
    await this.unitOfWork.manager.query(
      `UPDATE ${name} t SET node_key = $1, wrapped_key = n.wrapped_key
       FROM unnest($2::bytea[], ${places}) AS n(wrapped_key, ${key.join(', ')})
       WHERE ${key.map((column) => `t.${column} = n.${column}`).join(' AND ')}`,
      [
        this.cipher.current,
        wrapped.map(({ wrappedKey }) => wrappedKey),
        ...key.map((column) => rows.map((row) => row[column])),
      ],
    );
    return rows.length;
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
