import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import {
  Config,
  type Deployment,
  type MemberKeys,
  type Settings,
  type StoredKeys,
  variableOf,
} from '../../node/src/config/index.js';
import { IndexHead } from '../../node/src/indexer/index.js';
import { rpc } from '../embedded/rpc.js';
import { type Authority, makeAuthority } from '../../test/support/certificates.js';
import { testConfig } from '../../test/support/config.js';
import { orderOf } from '../../test/system/support/orders.js';
import { startNodes, type TestNode, type TestNodes } from '../../test/support/nodes.js';
import { publicParts } from '../keys/public-parts.js';
import { discard, prepare } from '../keys/rotation.js';
import { type Diagnosis, examine } from './examine.js';

const MAIN = resolve('dist/scripts/doctor/main.js');
/** The chain of this test mines when it is asked to. */
const PATIENT_SECONDS = 100_000;

let nodes: TestNodes;
let core: TestNode;
let peer: TestNode;
let dir: string;
/** Core's, with its next tag key. */
let ownKeys: StoredKeys;
let settings: Partial<Settings> & { databaseUrl: string };

beforeAll(async () => {
  const keysOf = (name: string, keys: MemberKeys) => (name === 'core' ? (ownKeys = prepare(keys, 'tag')) : keys);
  nodes = await startNodes(['core', 'supplier-1'], { keysOf });
  [core, peer] = [nodes.of('core'), nodes.of('supplier-1')];
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-doctor-'));
  writeFileSync(join(dir, 'deployment.json'), JSON.stringify(nodes.consortium.deployment));
  for (const { name, keys } of nodes.consortium.members)
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(name === 'core' ? ownKeys : keys), { mode: 0o600 });
  settings = {
    member: 'core',
    embedded: true,
    databaseUrl: core.databaseUrl,
    rpcUrls: [nodes.anvil.url],
    chainId: nodes.anvil.chainId,
    deployment: join(dir, 'deployment.json'),
    keysFile: join(dir, 'core.json'),
    maxBlockAgeSeconds: PATIENT_SECONDS,
  };
  // The others have no node in this world: without an endpoint nobody asks them.
  const head = Number(await rpc<string>(nodes.anvil.url, 'eth_blockNumber'));
  for (const node of [core, peer]) {
    expect(await node.app.get(IndexHead, { strict: false }).waitFor(head, 60_000)).toBe(true);
    await sql(node, `UPDATE chain_members SET endpoint = NULL WHERE name NOT IN ('core', 'supplier-1')`);
  }
});

afterAll(async () => {
  await nodes.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function sql(node: TestNode, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: node.databaseUrl });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

const diagnose = (more: Partial<Settings> = {}): Promise<Diagnosis> =>
  examine(() => testConfig({ ...settings, ...more }));
const failuresOf = ({ findings }: Diagnosis) =>
  findings.filter(({ verdict }) => verdict === 'failure').map(({ check, fact }) => `${check}: ${fact}`);

/** The peer keeps what it computed for a moment. */
async function diagnoseUntil(wanted: (diagnosis: Diagnosis) => boolean): Promise<Diagnosis> {
  for (const end = Date.now() + 60_000; ;) {
    const diagnosis = await diagnose();
    if (wanted(diagnosis) || Date.now() > end) return diagnosis;
  }
}

it('finds a sound node sound, and looks at everything', async () => {
  const diagnosis = await diagnose();
  expect([failuresOf(diagnosis), diagnosis.healthy]).toEqual([[], true]);
  const checks = new Set(diagnosis.findings.map(({ check }) => check));
  expect([...checks].sort()).toEqual([
    'chain',
    'clock',
    'database',
    'endpoint',
    'index',
    'keys',
    'peers',
    'settings',
    'work',
  ]);
  const facts = diagnosis.findings.map(({ fact }) => fact).join('\n');
  expect(facts).toMatch(/this node answers at http:\/\/127\.0\.0\.1:\d+, as the registry says/);
  expect(facts).toMatch(/supplier-1 answers with its registered key/);
  expect(facts).toMatch(/supplier-1 has the same \d+ tables as of block \d+/);
  expect(facts).toMatch(/\d\d+ events of blocks \d+ to \d+ are as the chain has them/);
});

it('names the settings that a node would not start with, and never their values', async () => {
  const environment = { TRADEPROOF_MEMBER: 'core', TRADEPROOF_DATABASE_URL: 'mysql://u:hush@h/d' };
  const diagnosis = await examine(() => Config.fromEnvironment(environment));
  expect(diagnosis.healthy).toBe(false);
  expect(failuresOf(diagnosis)).toEqual([
    expect.stringMatching(/^settings: .*TRADEPROOF_DATABASE_URL.*TRADEPROOF_RPC_URLS/),
  ]);
  expect(JSON.stringify(diagnosis)).not.toContain('hush');
});

/** The deployment file, with other contracts. */
function deploymentWith(contracts: Partial<Deployment['contracts']>): Partial<Settings> {
  const [path, deployment] = [join(dir, 'other-deployment.json'), nodes.consortium.deployment];
  writeFileSync(path, JSON.stringify({ ...deployment, contracts: { ...deployment.contracts, ...contracts } }));
  return { deployment: path };
}

/** A trust file that lists other code of the order registry. */
function trustWithout(): Partial<Settings> {
  const path = join(dir, 'trust.json');
  writeFileSync(path, readFileSync('docs/spec/vectors/bundles/trust.json'));
  return { trustFile: path };
}

it.each<[string, () => Partial<Settings>, RegExp]>([
  ['another chain', () => ({ chainId: 1 }), /^chain: http.* has chain id 31337, not 1$/],
  [
    'an endpoint that is down',
    () => ({ rpcUrls: [nodes.anvil.url, 'http://u:hush@127.0.0.1:1'] }),
    /^chain: http:\/\/127.0.0.1:1 does not answer/,
  ],
  [
    'code at a place that its files do not list',
    () => {
      const { OrderRegistry, MemberRegistry } = nodes.consortium.deployment.contracts;
      return deploymentWith({ OrderRegistry: { ...OrderRegistry, implementation: MemberRegistry.implementation } });
    },
    /^chain: OrderRegistry runs 0x\w{40}, with the code 0x\w{64}, which the deployment file does not list/,
  ],
  ['code that the trust file does not list', trustWithout, /^chain: OrderRegistry has .* the trust file does not list/],
  ['a chain that stands still', () => ({ maxBlockAgeSeconds: 1 }), /^chain: block \d+, the last one, is \d+ s old/],
  ['another member’s keys', () => ({ keysFile: join(dir, 'bank-a.json') }), /^keys: the operator account 0x\w+ is/],
  ['a key file that is not there', () => ({ keysFile: join(dir, 'none.json') }), /^keys: it cannot be examined: /],
  ['a member that nobody admitted', () => ({ member: 'stranger' }), /^keys: the registry knows no member stranger$/],
  [
    'a database that is down',
    () => ({ databaseUrl: 'postgres://u:hush@127.0.0.1:1/d' }),
    /^database: it cannot be examined: .*ECONNREFUSED/,
  ],
  ['keys in the clear in production', () => ({ embedded: false }), /^keys: it cannot be examined: .*in the clear/],
  ['a Redis that is down', () => ({ queueUrl: 'redis://127.0.0.1:1' }), /^work: the queue on Redis does not answer/],
])(
  'finds %s',
  async (_, more, wanted) => {
    const diagnosis = await diagnose(more());
    expect(diagnosis.healthy).toBe(false);
    expect(failuresOf(diagnosis)).toContainEqual(expect.stringMatching(wanted));
    expect(diagnosis.findings.filter(({ verdict }) => verdict !== 'ok').every(({ advice }) => !!advice)).toBe(true);
    expect(JSON.stringify(diagnosis)).not.toContain('hush');
  },
  300_000,
);

it('finds a schema that is older than the release, or newer', async () => {
  const { rows } = await sql(core, 'DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations) RETURNING *');
  const { timestamp, name } = rows[0] as { timestamp: string; name: string };
  expect(failuresOf(await diagnose())).toEqual([
    `database: 1 of ${await count()} migrations are missing, such as ${name}`,
  ]);
  await sql(core, `INSERT INTO migrations (timestamp, name) VALUES (${timestamp}, '${name}'), (1, 'FromTheFuture1')`);
  expect(failuresOf(await diagnose())).toEqual([expect.stringContaining('that this release does not know')]);
  await sql(core, 'DELETE FROM migrations WHERE timestamp = 1');
});

const count = async () => Number((await sql(core, 'SELECT count(*)::int + 1 AS n FROM migrations')).rows[0].n);

it('finds the node that disagrees, and the table in which it does', async () => {
  await sql(peer, `UPDATE chain_members SET roles = roles | 32 WHERE name = 'carrier'`);
  const spoilt = await diagnoseUntil(({ healthy }) => !healthy);
  expect(failuresOf(spoilt)).toEqual([
    expect.stringMatching(/^peers: supplier-1 differs in chain_members as of block \d+$/),
  ]);
  await sql(peer, `UPDATE chain_members SET roles = roles & ~32 WHERE name = 'carrier'`);
  expect(failuresOf(await diagnoseUntil(({ healthy }) => healthy))).toEqual([]);
});

it('finds an event that is missing here', async () => {
  const { rows } = await sql(core, 'SELECT max(block) AS block FROM chain_events');
  await sql(core, `CREATE TABLE kept AS SELECT * FROM chain_events WHERE block = ${rows[0].block}`);
  await sql(core, `DELETE FROM chain_events WHERE block = ${rows[0].block}`);
  expect(failuresOf(await diagnose())).toContainEqual(
    expect.stringMatching(/^index: \d+ events are missing and 0 too many/),
  );
  await sql(core, 'INSERT INTO chain_events SELECT * FROM kept; DROP TABLE kept');
});

describe('the place where others send to', () => {
  let endpoint: string;
  const registered = (place: string | null) =>
    sql(core, `UPDATE chain_members SET endpoint = ${place === null ? 'NULL' : `'${place}'`} WHERE name = 'core'`);
  const found = async (more: Partial<Settings> = {}) =>
    (await diagnose(more)).findings
      .filter(({ check }) => check === 'endpoint')
      .map(({ verdict, fact }) => `${verdict}: ${fact}`);

  beforeAll(async () => {
    endpoint = (await sql(core, `SELECT endpoint FROM chain_members WHERE name = 'core'`)).rows[0].endpoint as string;
  });
  afterEach(() => registered(endpoint));

  it('is looked for by the registry: none, one where nobody is, another member’s', async () => {
    await registered(null);
    expect(await found()).toEqual(['failure: the registry has no endpoint of this member']);
    await registered('http://127.0.0.1:1');
    expect(await found()).toEqual([
      expect.stringMatching(/^failure: nothing answers at http:\/\/127\.0\.0\.1:1, where others send: .*ECONNREFUSED/),
    ]);
    await registered(peer.client.member.url);
    expect(await found()).toEqual([expect.stringMatching(/^failure: what answers at .* has not a registered key of/)]);
  });

  it('is none where nobody sends to, whatever answers there', async () => {
    await registered('http://10.0.0.5:3000');
    expect(await found()).toEqual([
      expect.stringMatching(/^failure: .*, to which no node sends: 10.0.0.5 is not a public/),
    ]);
    await registered(`${endpoint}/?of=core`);
    expect(await found()).toEqual([
      expect.stringMatching(/^failure: .*, to which no node sends: it is more than a place/),
    ]);
    await registered(`${endpoint}/elsewhere`);
    expect(await found()).toEqual([expect.stringMatching(/^failure: what answers at .*, refuses: status 404/)]);
  });

  it('is one of TLS where members’ nodes have certificates', async () => {
    const tls = certificates(makeAuthority('ours', 400), { days: 90 });
    for (const more of [{}, { exchangeTlsPort: 8443 }])
      expect(await found({ ...tls, ...more })).toEqual([
        expect.stringMatching(/^failure: the registry has http:.*, to which no node sends that has certificates/),
      ]);
  });

  it.each<[object, RegExp[]]>([
    [
      { days: 10 },
      [
        /^failure: what answers at https:.* has not a registered key of this member$/,
        /^warning: the certificate shown at https:.* expires on \d{4}-\d\d-\d\d, in (9|10) days$/,
      ],
    ],
    [{ expired: true }, [/^failure: the certificate shown at https:.* is not believed, .*: CERT_HAS_EXPIRED/]],
  ])('shows a certificate, whose end is told in time: %j', async (options, wanted) => {
    const authority = makeAuthority('ours', 400);
    const server = createServer(authority.issue('core', ['127.0.0.1'], options), (_, answer) => answer.end('none'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    await registered(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
    try {
      expect(await found(certificates(authority, { days: 90 }))).toEqual(
        wanted.map((each) => expect.stringMatching(each) as string),
      );
    } finally {
      server.close();
    }
  });
});

/** Files of a certificate for this node, and of the authorities that are believed. */
function certificates(
  authority: Authority,
  { others = '', key, ...options }: { days?: number; expired?: boolean; others?: string; key?: string },
): Partial<Settings> {
  const pem = authority.issue('core', ['127.0.0.1'], options);
  const paths = ['tls.crt', 'tls.key', 'tls-ca.crt'].map((file) => join(dir, file)) as [string, string, string];
  writeFileSync(paths[0], pem.cert);
  writeFileSync(paths[1], key ?? pem.key, { mode: 0o600 });
  writeFileSync(paths[2], authority.cert + others);
  return { exchangeTlsCert: paths[0], exchangeTlsKey: paths[1], exchangeTlsCa: paths[2] };
}

it('looks at the dates of certificates, before others’ nodes do', async () => {
  const [authority, short] = [makeAuthority('ours', 400), makeAuthority('theirs', 10)];
  const found = async (settings: Partial<Settings>) =>
    (await diagnose(settings)).findings
      .filter(({ check }) => check === 'tls')
      .map(({ verdict, fact }) => `${verdict}: ${fact}`);
  expect(await found({})).toEqual([]);
  expect(await found(certificates(authority, { days: 90 }))).toEqual([
    expect.stringMatching(/^ok: the certificate of this node is valid until \d{4}-\d\d-\d\d$/),
    expect.stringMatching(/^ok: the authority ours is valid until/),
  ]);
  expect(await found(certificates(authority, { days: 29, others: short.cert }))).toEqual([
    expect.stringMatching(/^warning: the certificate of this node expires on \d{4}-\d\d-\d\d, in (28|29) days$/),
    expect.stringMatching(/^ok: the authority ours/),
    expect.stringMatching(/^warning: the authority theirs expires on/),
  ]);
  expect(await found(certificates(authority, { expired: true }))).toEqual([
    expect.stringMatching(/^failure: the certificate of this node expired on \d{4}-\d\d-\d\d$/),
    expect.stringMatching(/^ok: the authority ours/),
  ]);
  const key = authority.issue('other', []).key;
  expect(await found(certificates(authority, { key }))).toEqual([
    expect.stringMatching(/^failure: the certificate and its key cannot be used: /),
  ]);
});

it('finds documents that are under a key that this node was not given', async () => {
  const posted = await core.client.postXml('/v1/orders?supplier=supplier-1', orderOf('SEALED-1'));
  expect(posted.status).toBe(201);
  const { keys } = nodes.consortium.members.find(({ name }) => name === 'core')!;
  const path = join(dir, 'other-vault.json');
  writeFileSync(path, JSON.stringify({ ...keys, vault: `0x${'5a'.repeat(32)}` }), { mode: 0o600 });
  const { findings, healthy } = await diagnose({ keysFile: path });
  expect(healthy).toBe(false);
  expect(findings).toContainEqual(
    expect.objectContaining({
      verdict: 'failure',
      fact: expect.stringMatching(/^\d+ sealed documents are under the node key [0-9a-f]{16}, which this node was not/),
    }),
  );
  // Replaced and kept, the key opens them.
  const former = { documentKey: [keys.vault] };
  writeFileSync(path, JSON.stringify({ ...keys, vault: `0x${'5a'.repeat(32)}`, former }), { mode: 0o600 });
  expect(failuresOf(await diagnose({ keysFile: path })).filter((each) => each.startsWith('keys'))).toEqual([]);
});

it('tells by exit code and in JSON, for whoever asks every minute', async () => {
  const environment = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [variableOf(name), String(value)]),
  );
  const run = (more: object = {}) =>
    new Promise<{ code: number; stdout: string }>((done) => {
      const env = { PATH: process.env['PATH'], ...environment, ...more };
      execFile(process.execPath, [MAIN, '--json'], { env }, (error, stdout) =>
        done({ code: Number(error?.code ?? 0), stdout }),
      );
    });
  const [sound, sick] = [await run(), await run({ TRADEPROOF_CHAIN_ID: '1' })];
  expect([sound.code, sick.code]).toEqual([0, 1]);
  expect(JSON.parse(sound.stdout)).toMatchObject({ member: 'core', healthy: true });
  expect(JSON.parse(sick.stdout)).toMatchObject({ member: 'core', healthy: false });
});

it('finds a tag key that the registry lists and the key file lacks', async () => {
  const publicKey = publicParts(ownKeys.next!).tag;
  expect((await core.client.post('/v1/keys', { kind: 'TAG', publicKey })).status).toBe(201);
  const keysFile = join(dir, 'discarded.json');
  writeFileSync(keysFile, JSON.stringify(discard(ownKeys, 'tag')), { mode: 0o600 });
  const keysIn = ({ findings }: Diagnosis) => findings.filter(({ check }) => check === 'keys').map(({ fact }) => fact);
  expect(keysIn(await diagnose())).toContain('the key file has all tag keys that the registry lists: 2');
  expect(failuresOf(await diagnose({ keysFile }))).toContainEqual(
    expect.stringMatching(/^keys: the registry lists tag keys that the key file lacks: number 2; without them nothing/),
  );
});

it('finds a peer that is down, and a key that was revoked', async () => {
  await peer.app.close();
  expect(failuresOf(await diagnose())).toEqual([expect.stringMatching(/^peers: supplier-1 does not answer at http/)]);
  const { body } = await core.client.get('/v1/members/core');
  const keys = body['keys'] as { id: string; kind: string }[];
  const { id } = keys.find(({ kind }) => kind === 'MESSAGE_ENCRYPTION')!;
  expect((await core.client.post(`/v1/keys/${id}/revocation`)).status).toBe(201);
  expect(failuresOf(await diagnose())).toContainEqual(
    expect.stringMatching(/^keys: the message encryption key 0x\w+ was revoked at block/),
  );
});
