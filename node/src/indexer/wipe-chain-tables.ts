import type pg from 'pg';
import { wipe } from './rewind.js';
import { inTransaction } from './transaction.js';

/**
 * Empties all chain-derived tables; the indexer, running or started later, fills them again with the identical content.
 * Nothing of the node's own is touched.
 */
export async function wipeChainTables(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await inTransaction(client, () => wipe(client));
  } finally {
    client.release();
  }
}
