import { parseArgs } from 'node:util';
import { folderFrom, programFrom } from '../lib/from-caller.js';
import { Processes } from './processes.js';

const USAGE = `npm run production -- (--besu COMMAND | --rpc URL) [--redis COMMAND] [--dir DIR] [MEMBER...]

  Starts what docker-compose.yml says as plain processes of this machine, until Ctrl-C: validators, deployment (once), and for
  each member PostgreSQL, Redis and a node. DIR was made by: npm run genesis -- rehearsal --local
`;

const say = (text: string) => process.stdout.write(`tradeproof: ${text}\n`);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      dir: { type: 'string' },
      besu: { type: 'string' },
      rpc: { type: 'string' },
      redis: { type: 'string' },
    },
  });
  if (!values.besu && !values.rpc) {
    process.stderr.write(USAGE);
    process.exit(2);
  }
  const [besu, redis] = [programFrom(values.besu), programFrom(values.redis)];
  const dir = folderFrom(values.dir, '.data/production');
  const { rpc: rpcUrl } = values;
  const files = { composeFile: 'docker-compose.yml', besuConfig: 'production/besu/besu.toml' };
  const processes = new Processes({ dir, besu, rpcUrl, redis, only: positionals, ...files }, say);
  let stopping: Promise<never> | undefined;
  const stop = (code: number, why?: string) => {
    if (why && !stopping) say(why);
    stopping ??= processes.stop().then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
  process.on('disconnect', () => stop(0));
  try {
    const nodes = await processes.start();
    for (const [name, url] of Object.entries(nodes)) say(`${name.padEnd(11)} ${url}`);
    say('ready; Ctrl-C stops everything, the data stays');
  } catch (error) {
    stop(1, (error as Error).message);
  }
}

await main().catch((error: Error) => {
  process.stderr.write(`tradeproof: ${error.message}\n`);
  process.exitCode = 1;
});
