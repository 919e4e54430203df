import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Anvil } from '../embedded/anvil.js';
import type { Deployment } from '../../node/src/config/index.js';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo } from '../../test/support/deployment.js';
import { checkImplementation } from './check-implementation.js';
import { endpointOf } from './endpoint.js';

const MAIN = resolve('dist/scripts/deploy/upgrade-main.js');

let anvil: Anvil;
let guarded: Server;
let deployment: Deployment;
let dir: string;

beforeAll(async () => {
  anvil = await startAnvil();
  ({ deployment } = await deployTo(anvil.url));
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-endpoint-'));
  const wanted = `Basic ${Buffer.from('us er:hush').toString('base64')}`;
  guarded = createServer((request, response) => {
    if (request.headers.authorization !== wanted) return void response.writeHead(401).end('who?');
    void text(request)
      .then((body) => fetch(anvil.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
      .then(async (answer) => response.end(await answer.text()));
  });
  await new Promise<void>((done) => guarded.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
  guarded.closeAllConnections();
  guarded.close();
  await anvil.stop();
  rmSync(dir, { recursive: true });
});

const guardedBy = (password: string) =>
  `http://us%20er:${password}@127.0.0.1:${(guarded.address() as AddressInfo).port}`;

/** `npm run upgrade` of a member that compares what stands there. */
function upgrade(env: object, ...more: string[]): Promise<{ code: number; said: string }> {
  const [path, { implementation }] = [join(dir, 'deployment.json'), deployment.contracts.OrderRegistry];
  writeFileSync(path, JSON.stringify(deployment));
  const args = [MAIN, 'OrderRegistry', '--deployment', path, '--implementation', implementation, ...more];
  return new Promise((done) =>
    execFile(process.execPath, args, { env: { PATH: process.env['PATH'], ...env } }, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
    ),
  );
}

it('may want a user and a password, which a file of the settings names and nothing shows', async () => {
  const { implementation, codeHash } = deployment.contracts.OrderRegistry;
  const what = { deployment, registry: 'OrderRegistry', implementation } as const;
  expect(await checkImplementation({ ...what, rpcUrl: guardedBy('hush') })).toBe(codeHash);
  const file = join(dir, 'rpc-urls');
  const run = (password: string) => {
    writeFileSync(file, `${guardedBy(password)},http://127.0.0.1:1\n`);
    return upgrade({ TRADEPROOF_RPC_URLS_FILE: file });
  };
  const [letIn, refused] = [await run('hush'), await run('hushed')];
  expect([letIn.code, letIn.said.includes(codeHash)]).toEqual([0, true]);
  expect([refused.code, refused.said]).toEqual([
    1,
    expect.stringMatching(/^tradeproof: http:\/\/127[\d.]+:\d+: HTTP status 401$/m),
  ]);
  for (const { said } of [letIn, refused]) expect(said).not.toMatch(/hush|us(%20| )er/);
});

it('is refused as an argument that all of the machine can read, without being repeated', async () => {
  const { code, said } = await upgrade({}, '--rpc', guardedBy('hush'));
  expect([code, said]).toEqual([1, expect.stringContaining('put it into TRADEPROOF_RPC_URLS_FILE')]);
  expect(said).not.toContain('hush');
});

it('is what the argument names, else the first of the settings, else none', () => {
  const env = { TRADEPROOF_RPC_URLS: 'http://a:1, http://b:2' };
  expect([endpointOf('http://c:3', env), endpointOf(undefined, env), endpointOf(undefined, {})]).toEqual([
    'http://c:3',
    'http://a:1',
    undefined,
  ]);
  expect(() => endpointOf(undefined, { TRADEPROOF_RPC_URLS: 'hush' })).toThrow(
    /^TRADEPROOF_RPC_URLS is no list of URLs$/,
  );
  expect(() => endpointOf('hush', env)).toThrow(/^--rpc is no URL$/);
});
