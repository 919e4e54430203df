import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { variableOf } from '../../node/src/config/index.js';
import { orderDocument } from '../../node/src/orders/testing/documents.js';
import { nodeReady } from '../../scripts/consortium/node.js';
import type { Json, MemberClient } from '../../scripts/demo/client.js';
import { type Child, spawnChild } from '../../scripts/embedded/child.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { eventually } from '../support/eventually.js';
import { startNodes, type TestNodes } from '../support/nodes.js';

const ENTRY = resolve('dist/node/src/bundle/main.js');
/** What waits does so longer than a supervisor would: answered in time, it was answered because of the signal. */
const WAIT_SECONDS = 120;
/** Well within what a node gives itself (20 s), and a supervisor it (30 s). */
const STOPS_WITHIN_MS = 15_000;
const NUMBER = 'PO-STOPPED';

let nodes: TestNodes;
let core: MemberClient;
let dir: string;
let child: Child;

/** The member's node as a process of its own, over the database and the keys that it has. */
async function start(): Promise<void> {
  const { databaseUrl } = nodes.of('core');
  const { port } = new URL(core.member.url);
  const settings = {
    ...{ member: 'core', embedded: true, parties: 'learn', port, databaseUrl, deployment: nodes.deploymentFile },
    ...{ rpcUrls: nodes.anvil.url, chainId: nodes.anvil.chainId, keysFile: join(dir, 'core.json') },
    ...{ maxBlockAgeSeconds: 100_000, maxWaitSeconds: WAIT_SECONDS },
  };
  const env = Object.fromEntries(Object.entries(settings).map(([name, value]) => [variableOf(name), String(value)]));
  child = spawnChild(process.execPath, ['--enable-source-maps', ENTRY], {
    ...{ log: join(dir, 'node.log'), env: { PATH: process.env['PATH'], ...env }, ipc: true },
  });
  await nodeReady({ name: 'core', port: Number(port) }, child).catch((error: Error) => {
    throw new Error(`${error.message}; its log ends:\n${readFileSync(join(dir, 'node.log'), 'utf8').slice(-2_000)}`);
  });
}

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1']);
  core = nodes.of('core').client;
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-stopping-'));
  const { keys } = nodes.consortium.members.find(({ name }) => name === 'core')!;
  writeFileSync(join(dir, 'core.json'), JSON.stringify(keys), { mode: 0o600 });
  await nodes.of('core').app.close();
  await start();
});
afterAll(async () => {
  await child?.stop();
  await nodes?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const headers = (more: Record<string, string>) => ({
  ...{ authorization: `Bearer ${core.member.apiKey}`, prefer: `wait=${WAIT_SECONDS}` },
  ...more,
});
const post = () =>
  fetch(`${core.member.url}/v1/orders?supplier=supplier-1`, {
    method: 'POST',
    headers: headers({ 'content-type': 'application/json', 'idempotency-key': NUMBER }),
    body: JSON.stringify({ document: orderDocument({ number: NUMBER }) }),
  });

it('a node that is told to stop answers whoever waits, ends in time, and loses nothing', async () => {
  await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
  // Each waits for what does not come: a block, a block far off, news.
  const posted = post();
  const read = fetch(`${core.member.url}/v1/members`, { headers: headers({ 'tradeproof-min-block': '1000000' }) });
  const stream = await fetch(`${core.member.url}/v1/events`, { headers: headers({}) });
  expect(stream.status).toBe(200);
  const { body } = await eventually(
    () => core.get('/v1/submissions?status=SENT'),
    ({ body }) => (body['items'] as Json[]).length === 1,
  );
  const [submission] = body['items'] as [Json];

  const began = Date.now();
  child.kill('SIGTERM');
  const [answer, behind] = await Promise.all([posted, read]);
  const taken = (await answer.json()) as Json;
  expect(answer.status).toBe(202);
  expect(taken).toMatchObject({ id: expect.any(String), submission: { id: submission['id'], status: 'SENT' } });
  expect([behind.status, ((await behind.json()) as Json)['code']]).toEqual([503, 'INDEX_BEHIND']);
  expect(await stream.text()).not.toContain(NUMBER);
  expect([await child.exited, Date.now() - began < STOPS_WITHIN_MS]).toEqual([0, true]);

  await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
  await rpc(nodes.anvil.url, 'evm_mine', []);
  await start();
  // A repeat joins what was taken in.
  const again = await post();
  expect([again.status, ((await again.json()) as Json)['id']]).toEqual([201, taken['id']]);
  const { body: listed } = await core.get(`/v1/orders?number=${NUMBER}`);
  expect(listed['items']).toEqual([expect.objectContaining({ id: taken['id'], status: 'POSTED' })]);
  await eventually(
    () => nodes.of('supplier-1').client.get(`/v1/orders?number=${NUMBER}`),
    ({ body }) => (body['items'] as Json[]).length === 1,
  );
});
