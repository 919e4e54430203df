// Ponder over RPC into PostgreSQL (DATABASE_URL). Arguments: a file {rpcUrl, chainId, address, from, to}, and the schema to
// index into; what it fetched from the chain it keeps in `ponder_sync`, for the next run. Prints the milliseconds from its
// first look at the backlog to the tables with their indexes: its start-up is left out.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BEGINS = /^(Started|Skipped) (fetching backfill|backfill indexing)/;
const DONE = 'Started returning 200 responses';

const [file, schema] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const bin = join(here, '../node_modules/ponder/dist/esm/bin/ponder.js');
const options = ['--root', join(here, 'app'), '--log-format', 'json'];
const child = spawn(
  process.execPath,
  [bin, ...options, 'start', '--schema', schema, '--port', String(await freePort())],
  {
    env: { ...process.env, BACKLOG: file, PONDER_TELEMETRY_DISABLED: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
process.once('SIGTERM', () => child.kill('SIGKILL'));

let began;
let ms;
const said = [];
for await (const line of createInterface({ input: child.stdout })) {
  said.push(line);
  if (!line.startsWith('{')) continue;
  const { msg, time, endpoint } = JSON.parse(line);
  if (BEGINS.test(msg)) began ??= time;
  if (msg !== DONE || endpoint !== '/ready') continue;
  ms = time - began;
  break;
}
child.kill('SIGKILL');
if (!(ms > 0)) throw new Error(`Ponder came to no end:\n${said.slice(-20).join('\n')}`);
process.stdout.write(JSON.stringify({ ms }), () => process.exit());

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
