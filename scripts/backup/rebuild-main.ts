import pg from 'pg';
import { Config } from '../../node/src/config/index.js';
import { wipeChainTables } from '../../node/src/indexer/wipe-chain-tables.js';

/** `npm run rebuild`: empties what is derived from the chain; the indexer, running or started later, fills it again. */
async function main(): Promise<void> {
  const { databaseUrl, member } = Config.fromEnvironment();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    await wipeChainTables(pool);
  } finally {
    await pool.end();
  }
  process.stdout.write(`tradeproof: the index of ${member} is empty; a process with the role indexer fills it again\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
