import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDir } from '../../scripts/consortium/data-dir.js';
import { loadOrMakeApiKey } from '../../scripts/consortium/keys.js';
import { type Answer, MemberClient } from '../../scripts/demo/client.js';
import { type Anvil, startAnvilProcess } from '../../scripts/embedded/anvil.js';
import { deployTo } from '../support/deployment.js';
import { eventually } from '../support/eventually.js';
import { holdPort, lowPort } from '../support/ports.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { orderOf, postStubbornly, type Taken } from './support/orders.js';
import { Balancer } from './support/replicas/balancer.js';
import { Replica } from './support/replicas/replica.js';
import { query } from './support/replicas/query.js';

/** The core enterprise's node as five processes over one database, behind one address; its supplier's as one. */
const ROLES = {
  // An api says that it is ready once something is indexed.
  'indexer-1': 'indexer',
  'indexer-2': 'indexer',
  worker: 'worker',
  'api-1': 'api',
  'api-2': 'api',
} as const;
type Name = keyof typeof ROLES;

const SETTLES_WITHIN_MS = 180_000;

let root: string;
let anvil: Anvil;
let balancer: Balancer;
let supplier: Replica;
const databases = new Map<string, TestDatabase>();
const replicas = new Map<Name, Replica>();
/** To each member's node. */
const apiKeys = new Map<string, string>();

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tradeproof-replicas-'));
  const dir = new DataDir(root);
  anvil = await startAnvilProcess({ dir: join(root, 'chain'), blockTime: 1 });
  balancer = await Balancer.start();
  const place = await holdPort();
  const endpoints = { core: balancer.url, 'supplier-1': `http://127.0.0.1:${place.port}` };
  const { deployment, members } = await deployTo(anvil.url, endpoints);
  dir.write(dir.deployment, deployment);
  const planOf = async (name: string, port: number) => {
    const database = databases.get(name) ?? (await testDatabase());
    databases.set(name, database);
    const keysFile = dir.node(name, 'keys.json');
    dir.write(keysFile, members.find((member) => member.name === name)!.keys);
    const { path: apiKeyFile, apiKey: key } = loadOrMakeApiKey(dir, name);
    apiKeys.set(name, key);
    return { name, port, databaseUrl: database.url, rpcUrl: anvil.url, keysFile, apiKeyFile };
  };
  supplier = new Replica(dir, 'supplier', 'api,indexer,worker', await planOf('supplier-1', place.port));
  await place.release();
  await supplier.start();
  // One after another: six at once on a busy machine would each take as long as all.
  for (const [name, roles] of Object.entries(ROLES)) {
    const replica = new Replica(dir, name, roles, await planOf('core', await lowPort()));
    replicas.set(name as Name, replica);
    await replica.start();
  }
  for (const name of ['api-1', 'api-2'] as const) balancer.add(replicas.get(name)!.url);
}, 600_000);

afterAll(async () => {
  await Promise.all([supplier, ...replicas.values()].map((replica) => replica?.stop()));
  balancer?.close();
  await anvil?.stop();
  await Promise.all([...databases.values()].map((database) => database.drop()));
  rmSync(root, { recursive: true, force: true });
});

const at = (url: string, name = 'core') => new MemberClient({ name, url, apiKey: apiKeys.get(name)! });
const api = (name: Name) => at(replicas.get(name)!.url);
const postAt = (name: Name, number: string): Promise<Answer> =>
  api(name).call('POST', '/v1/orders?supplier=supplier-1', { xml: orderOf(number), key: `post-${number}`, wait: 60 });

async function leader(): Promise<Name> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    for (const name of ['indexer-1', 'indexer-2'] as const)
      if (replicas.get(name)!.alive && (await replicas.get(name)!.metric('tradeproof_index_leading')) === 1)
        return name;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no process leads the index');
}

const postedOrders = async (member: string, ids: readonly string[]): Promise<number> => {
  const [row] = await query<{ n: number }>(
    databases.get(member)!.url,
    `SELECT count(*)::int AS n FROM chain_events WHERE name = 'OrderPosted' AND '0x' || encode(object, 'hex') = ANY ($1)`,
    [ids],
  );
  return row!.n;
};

it('has one effect for one key, whichever replica gets it, and one answer', async () => {
  const storm = Array.from({ length: 12 }, (_, i) => postAt(i % 2 ? 'api-1' : 'api-2', 'REPLICAS-STORM'));
  const answers = await Promise.all(storm);
  const busy = answers.filter(({ body }) => body['code'] === 'IDEMPOTENCY_KEY_IN_USE');
  expect(answers.length - busy.length).toBeGreaterThan(0);
  const final = await Promise.all([postAt('api-1', 'REPLICAS-STORM'), postAt('api-2', 'REPLICAS-STORM')]);
  expect(final.map(({ status }) => status)).toEqual([201, 201]);
  expect(final[0]!.body).toEqual(final[1]!.body);
  expect(await postedOrders('core', [String(final[0]!.body['id'])])).toBe(1);
});

it('reads its own write on the other replica, and at the counterparty', async () => {
  const { body, block, status } = await postAt('api-1', 'REPLICAS-READ');
  expect(status).toBe(201);
  const path = `/v1/orders/${String(body['id'])}`;
  const there = await api('api-2').get(path, block);
  expect([there.status, there.body['number']]).toEqual([200, 'REPLICAS-READ']);
  expect(there.block).toBeGreaterThanOrEqual(block);
  const received = await eventually(
    () => at(supplier.url, 'supplier-1').get(path, block),
    (answer) => answer.body['number'] === 'REPLICAS-READ',
  );
  expect(received.block).toBeGreaterThanOrEqual(block);
});

it('goes on in seconds when the process that indexes is killed', async () => {
  const first = await leader();
  const began = Date.now();
  await replicas.get(first)!.kill();
  const { status } = await postAt('api-1', 'REPLICAS-TAKEN-OVER');
  const second = await leader();
  expect(second).not.toBe(first);
  expect(status).toBe(201);
  process.stdout.write(`a killed leader: the other led, and a write was indexed, after ${Date.now() - began} ms\n`);
  await replicas.get(first)!.start();
});

/** Minutes on a busy machine: for a night. */
const deep = process.env['TRADEPROOF_DEEP'] === 'true' ? it : it.skip;

deep(
  'loses and doubles nothing while its processes are replaced one by one under load',
  async () => {
    const client = at(balancer.url);
    const taken: Promise<Taken>[] = [];
    let replaced = false;
    const load = (async () => {
      for (let n = 0; !replaced || n < 20; n++) {
        taken.push(postStubbornly(client, `REPLICAS-ROLL-${n}`));
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    })();
    for (const name of ['api-1', 'api-2', await leader(), 'worker'] as const) {
      const replica = replicas.get(name)!;
      if (name.startsWith('api')) balancer.remove(replica.url);
      await replica.stop();
      await replica.start();
      if (name.startsWith('api')) balancer.add(replica.url);
    }
    replaced = true;
    await load;
    const ids = (await Promise.all(taken)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const began = Date.now();
    const open = () =>
      query(databases.get('core')!.url, `SELECT status, problem, sent_at FROM submissions WHERE status <> 'INCLUDED'`);
    while ((await open()).length > 0 && Date.now() < began + SETTLES_WITHIN_MS)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await open()).toEqual([]);
    process.stdout.write(`at rest ${Date.now() - began} ms after the last order was taken in\n`);
    for (const member of ['core', 'supplier-1']) {
      for (const end = Date.now() + 60_000; (await postedOrders(member, ids)) < ids.length && Date.now() < end;)
        await new Promise((resolve) => setTimeout(resolve, 200));
      expect([member, await postedOrders(member, ids)]).toEqual([member, ids.length]);
    }
    process.stdout.write(`${ids.length} orders posted while four processes were replaced: none lost, none doubled\n`);
    const last = await eventually(
      () => client.get(`/v1/orders/${ids.at(-1)}`),
      ({ status }) => status === 200,
    );
    expect(last.status).toBe(200);
  },
  600_000,
);
