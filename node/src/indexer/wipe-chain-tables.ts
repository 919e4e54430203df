import type pg from 'pg';
import { LOCK_NOT_AVAILABLE, NO_LONG_WAIT } from '../database/index.js';
import { wipe } from './rewind.js';
import { inTransaction } from './transaction.js';

/**
 * Empties all chain-derived tables; the indexer, running or started later, fills them again with the identical content.
 * Nothing of the node's own is touched. `retell`: what readers of events were told of them is taken back, and told again. Waits for nobody who reads them for long, since all reads would wait behind it:
 * throws, and nothing is emptied.
 */
export async function wipeChainTables(pool: pg.Pool, { retell = false } = {}): Promise<void> {
  const client = await pool.connect();
  try {
    await inTransaction(client, async () => {
      await client.query(NO_LONG_WAIT);
      await wipe(client, { forRebuild: !retell });
    });
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error(
      'somebody reads the tables for long, as a backup does: nothing was emptied, run it again after it',
      {
        cause: error,
      },
    );
  } finally {
    client.release();
  }
}
