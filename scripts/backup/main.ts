import { parseArgs } from 'node:util';
import { Config } from '../../node/src/config/index.js';
import { backup } from './backup.js';
import { restore } from './restore.js';

const USAGE = `npm run backup -- DIR         copies the node's database, as of now, into DIR
npm run restore -- DIR        puts it into the empty database that the settings name

  Settings (TRADEPROOF_*) as the node's own. docs/operations.md, Backup.
`;

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

async function main(): Promise<void> {
  const [what, dir, ...rest] = parseArgs({ allowPositionals: true }).positionals;
  if (!dir || rest.length > 0 || (what !== 'backup' && what !== 'restore')) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const { databaseUrl, member } = Config.fromEnvironment();
  const { tables, block, at } =
    what === 'backup'
      ? await backup({ databaseUrl, member, out: dir })
      : await restore({ databaseUrl, member, from: dir });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`${rows} rows of ${tables.length} tables of ${member}, as of ${at}, block ${block}`);
  if (what === 'restore') say('start the node: it catches up from the chain; then run tradeproof doctor');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
