import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { Config } from '../../node/src/config/index.js';
import { fromCaller } from '../lib/from-caller.js';
import { backup } from './backup.js';
import { restore } from './restore.js';

const USAGE = `npm run backup -- DIR         copies the node's database, as of now, into DIR
npm run restore -- DIR        puts it into the empty database that the settings name

  Settings (TRADEPROOF_*) as the node's own. docs/operations.md, Backup.
`;

/** What nobody else reminds the operator of: the member's own word since the backup, which no chain and no peer has. */
const afterRestore = (at: string) => `
What was done after ${at} is not in it. Start the node where nobody but you reaches it, and before anybody else does:

  - revoke the API keys that were revoked since: they open the node again
  - put the rules in force that were set since: those of before are in force again
  - erase the documents that were erased since: they can be opened again
  - have your systems send nothing again that they have sent since: the node knows neither the numbers of these orders nor the
    idempotency keys of these requests, and would post or do it all a second time

It catches up from the chain meanwhile, and sends what was on its way then only if it was not sent since. Then run tradeproof
doctor, which names orders of yours on chain that the node does not know. docs/operations.md, Backup, says what else is gone.
`;

/** Ends as a signal would end it, but in order: what was begun is put away. */
function exitBySignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

async function main(): Promise<void> {
  const [what, dir, ...rest] = parseArgs({ allowPositionals: true }).positionals;
  if (!dir || rest.length > 0 || (what !== 'backup' && what !== 'restore')) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const folder = fromCaller(dir);
  const { databaseUrl, member } = Config.fromEnvironment();
  const { tables, block, at } =
    what === 'backup'
      ? await backup({ databaseUrl, member, out: folder })
      : await restore({ databaseUrl, member, from: folder });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  say(`${rows} rows of ${tables.length} tables of ${member}, as of ${at}, block ${block}`);
  if (what === 'backup') say(`all of it is in ${folder}`);
  if (what === 'restore') process.stdout.write(afterRestore(at));
}

exitBySignal();
try {
  await main();
} catch (error) {
  process.stderr.write(`tradeproof: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
