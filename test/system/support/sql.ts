import type pg from 'pg';
import { openPool } from '../../../node/src/database/index.js';
import { chainChecksum, type TableChecksum } from '../../../node/src/indexer/chain-checksum.js';
import type { RunningConsortium } from '../../support/running-consortium.js';

/** Runs `work` with a pool of one connection to a member's database. */
export async function withDatabase<T>(
  consortium: RunningConsortium,
  member: string,
  work: (pool: pg.Pool) => Promise<T>,
): Promise<T> {
  const pool = openPool({ connectionString: consortium.databaseUrl(member), max: 1 });
  pool.on('error', () => undefined); // the server may be killed meanwhile
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** Rows of a query on a member's database. */
export async function sql<Row extends pg.QueryResultRow>(
  consortium: RunningConsortium,
  member: string,
  query: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return withDatabase(consortium, member, async (pool) => (await pool.query<Row>(query, values)).rows);
}

/** What a member's node has derived from the chain, as checksums by table. */
export function checksums(consortium: RunningConsortium, member: string): Promise<TableChecksum[]> {
  return withDatabase(consortium, member, chainChecksum);
}
