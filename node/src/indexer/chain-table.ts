import type { Hex } from '../kernel/hex.js';

/** PostgreSQL type of a column. `bytea` is Hex in TypeScript, `bytea[]` Hex[], `int8` a number below 2^53. */
export type ColumnType = 'bytea' | 'int4' | 'int8' | 'text' | 'bool' | 'jsonb' | 'bytea[]' | 'int4[]';

/** A value of a row as projections see it; `jsonb` takes anything that JSON can say. */
export type ColumnValue = Hex | number | string | boolean | null | readonly ColumnValue[] | object;

/** A chain-derived table without its row type. */
export interface ChainTableShape {
  readonly name: `chain_${string}`;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** A table that only projections write, and that can be wiped and replayed to the identical content. */
export interface ChainTable<Row> extends ChainTableShape {
  /** Columns of the primary key. */
  readonly key: readonly (keyof Row & string)[];
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
}

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * Describes a table that a migration has made; column names are the row's property names. Throws on names that would
 * need quoting and on a key that is no column: a defect.
 */
export function defineChainTable<Row>(table: ChainTable<Row>): ChainTable<Row> {
  const names = [table.name, ...Object.keys(table.columns)];
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined) throw new Error(`${table.name}: ${odd} is no plain lower-case name`);
  if (!table.key.length || table.key.some((column) => !(column in table.columns)))
    throw new Error(`${table.name}: its key must be columns of it`);
  return Object.freeze(table);
}
