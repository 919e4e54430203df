import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Founding } from './founding.js';
import { Processes } from './processes.js';
import { startValidators, type Validator } from './validators.js';

/** Stands for Besu: writes down how it was called, and says over JSON-RPC what BLOCK in its environment says. */
const STAND_IN = `
const { appendFileSync } = require('node:fs');
const args = Object.fromEntries(process.argv.slice(2).map((one) => one.replace('--', '').split('=')));
appendFileSync(process.env.RECORD, JSON.stringify(args) + '\\n');
if (process.env.BLOCK === undefined) process.exit(1);
require('node:http')
  .createServer(async (request, answer) => {
    const { id } = JSON.parse(Buffer.concat(await request.toArray()));
    answer.end(JSON.stringify({ jsonrpc: '2.0', id, result: process.env.BLOCK }));
  })
  .listen(Number(args['rpc-http-port']), args['rpc-http-host']);
`;
const CONFIG = 'production/besu/besu.toml';
const NAMES = ['core', 'supplier-1', 'bank-a', 'bank-b'];

let dir: string;
let besu: string;
let started: Validator[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-validators-'));
  besu = join(dir, 'besu');
  writeFileSync(join(dir, 'besu.cjs'), STAND_IN);
  writeFileSync(besu, `#!/bin/sh\nexec "${process.execPath}" "${join(dir, 'besu.cjs')}" "$@"\n`);
  chmodSync(besu, 0o755);
  process.env['RECORD'] = join(dir, 'calls');
  const founding = new Founding(dir);
  NAMES.forEach((name, i) => founding.validator(name, `10.0.0.${i + 1}`, 30_303));
});
afterEach(async () => {
  await Promise.all(started.map(({ child }) => child.stop()));
  started = [];
  delete process.env['RECORD'];
  delete process.env['BLOCK'];
  rmSync(dir, { recursive: true, force: true });
});

const calls = (): Record<string, string>[] =>
  readFileSync(join(dir, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);

it('start each with its own key and data, the file of the containers, and each other’s addresses', async () => {
  process.env['BLOCK'] = '0x1';
  started = await startValidators(besu, dir, CONFIG);
  expect(started.map(({ name }) => name).sort()).toEqual([...NAMES].sort());
  const all = calls();
  expect(all).toHaveLength(NAMES.length);
  for (const name of NAMES) {
    const own = resolve(dir, name, 'validator');
    expect(all).toContainEqual(
      expect.objectContaining({
        'config-file': resolve(CONFIG),
        'genesis-file': resolve(dir, 'chain', 'genesis.json'),
        'node-private-key-file': join(own, 'key'),
        'data-path': join(own, 'data'),
        'rpc-http-host': '127.0.0.1',
        'p2p-host': '127.0.0.1',
        'p2p-interface': '127.0.0.1',
      }),
    );
  }
  for (const option of ['p2p-port', 'rpc-http-port'])
    expect(new Set(all.map((args) => args[option])).size).toBe(NAMES.length);
  const nodes = JSON.parse(readFileSync(all[0]!['static-nodes-file']!, 'utf8')) as string[];
  expect(nodes).toHaveLength(NAMES.length);
  for (const { 'p2p-port': port } of all)
    expect(
      nodes.filter((node) => new RegExp(`^enode://[0-9a-f]{128}@127\\.0\\.0\\.1:${port}\\b`).test(node)),
    ).toHaveLength(1);
});

it('end with what started them, though they have sealed nothing yet', async () => {
  process.env['BLOCK'] = '0x0';
  const files = { besuConfig: CONFIG, composeFile: 'docker-compose.yml' };
  const processes = new Processes({ dir, besu, only: [], ...files }, () => undefined);
  const starting = expect(processes.start()).rejects.toThrow('seals nothing');
  while (!existsSync(join(dir, 'calls')) || calls().length < NAMES.length)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const note = readFileSync(join(dir, 'run', 'processes.json'), 'utf8');
  const pids = Object.keys((JSON.parse(note) as { children: Record<string, string> }).children);
  await processes.stop();
  expect([pids.length, pids.filter((pid) => existsSync(`/proc/${pid}`))]).toEqual([NAMES.length, []]);
  await starting;
});

it('say whose does not start, and where its log is', async () => {
  await expect(startValidators(besu, dir, CONFIG)).rejects.toThrow(/seals nothing: see run\/besu-[a-z0-9-]+\.log/);
});
