import { parseArgs } from 'node:util';
import pg from 'pg';
import { Config } from '../../node/src/config/index.js';
import { wipeChainTables } from '../../node/src/indexer/wipe-chain-tables.js';

const USAGE = `npm run rebuild                empties what is derived from the chain; a process with the role indexer fills it again
npm run rebuild -- --retell    and takes back all that event streams and webhooks were told of it, to tell it again:
                               where that was wrong (docs/operations.md, Rebuilding the index)
`;

function readOptions(): { retell: boolean } | undefined {
  try {
    return parseArgs({ options: { retell: { type: 'boolean', default: false } } }).values;
  } catch {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return undefined;
  }
}

/** `npm run rebuild`: empties what is derived from the chain; the indexer, running or started later, fills it again. */
async function main(): Promise<void> {
  const options = readOptions();
  if (!options) return;
  const { databaseUrl, member } = Config.fromEnvironment();
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  try {
    await wipeChainTables(pool, options);
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
