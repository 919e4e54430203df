import pg from 'pg';
import type { Postgres } from '../embedded/postgres.js';

/** Where an indexer has put its orders. */
export interface Indexed {
  readonly database: string;
  /** `public` for those that write the node's own table. */
  readonly schema: string;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** Throws unless all hold the same orders, as many as there are events: a hash over each row as PostgreSQL writes it. */
export async function requireEqual(postgres: Postgres, events: number, places: readonly Indexed[]): Promise<void> {
  const columns = await columnsOf(
    postgres,
    places.find(({ schema }) => schema === 'public')!,
  );
  const contents = await Promise.all(places.map((place) => contentOf(postgres, place, columns)));
  if (new Set(contents.map(({ hash }) => hash)).size !== 1 || contents.some(({ rows }) => rows !== events))
    throw new Error(`not the same rows, of ${events} events: ${JSON.stringify(contents)}`);
}

/** Number of orders and the sum of their hashes, which their order does not change. */
async function contentOf(postgres: Postgres, place: Indexed, columns: readonly Column[]) {
  const own = new Map((await columnsOf(postgres, place)).map(({ name, type }) => [name, type]));
  // One that keeps bytes as hex is read as bytes.
  const values = columns.map(({ name, type }) =>
    type === 'bytea' && own.get(name) === 'text' ? `decode(substr(${name}, 3), 'hex')` : name,
  );
  const [row] = await ask<{ rows: string; hash: string }>(
    postgres,
    place,
    `SELECT count(*) AS rows, sum(hashtextextended(ROW(${values.join(', ')})::text, 0)::numeric)::text AS hash
     FROM ${place.schema}.chain_orders`,
  );
  return { ...place, rows: Number(row!.rows), hash: row!.hash };
}

function columnsOf(postgres: Postgres, place: Indexed): Promise<Column[]> {
  return ask<Column>(
    postgres,
    place,
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = '${place.schema}' AND table_name = 'chain_orders' ORDER BY ordinal_position`,
  );
}

async function ask<T extends object>(postgres: Postgres, { database }: Indexed, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: postgres.url(database) });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
