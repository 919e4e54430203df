import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Type } from '@nestjs/common';
import { UnitOfWork, openPool } from '../../node/src/database/index.js';
import { BEGINNING, News, ReadEvents, type StreamEvent } from '../../node/src/events/index.js';
import { chainChecksum } from '../../node/src/indexer/chain-checksum.js';
import { wipeChainTables } from '../../node/src/indexer/wipe-chain-tables.js';
import { testApi, type TestApi } from '../../test/support/api.js';
import { eventually } from '../../test/support/eventually.js';
import { startNodes, type TestNode, type TestNodes } from '../../test/support/nodes.js';
import { testConfig } from '../../test/support/config.js';
import { testDatabase, type TestDatabase } from '../../test/support/postgres.js';
import { testNews } from '../../test/support/test-news.js';
import { orderOf } from '../../test/system/support/orders.js';
import { checkOwnOrders } from '../doctor/checks/own-orders.js';
import { backup } from './backup.js';
import type { Manifest } from './manifest.js';
import { readBackup, restore } from './restore.js';
import { tablesOf } from './tables.js';

const MAIN = resolve('dist/scripts/backup/main.js');

let nodes: TestNodes;
let core: TestNode;
let dir: string;
let fresh: TestDatabase;
let again: TestApi | undefined;
/** Live when the backup is taken. */
let desk: { readonly id: string; readonly apiKey: string };

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1']);
  core = nodes.of('core');
  dir = mkdtempSync(join(tmpdir(), 'tradeproof-backup-'));
  fresh = await testDatabase();
});

afterAll(async () => {
  await again?.stop();
  await nodes.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

const post = (number: string) => core.client.postXml('/v1/orders?supplier=supplier-1', orderOf(number));
const out = () => join(dir, 'backup');

/** How far transactions had been counted, beyond those of this cluster, where the backup is said to come from. */
const FURTHER = 5_000_000_000;

/** Makes a restored database as if it came from a cluster that was busier for years. */
async function fromAfar(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`UPDATE event_epoch SET cluster = 'elsewhere'`);
    await client.query(`UPDATE event_news SET tx = (tx::text::int8 + ${FURTHER})::text::xid8`);
  } finally {
    await client.end();
  }
}

/** The settings that the command takes. */
function settingsOf(databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...{ PATH: process.env['PATH'], TRADEPROOF_MEMBER: 'core', TRADEPROOF_DATABASE_URL: databaseUrl },
    ...{ TRADEPROOF_RPC_URLS: nodes.anvil.url, TRADEPROOF_CHAIN_ID: String(nodes.anvil.chainId) },
    ...{ TRADEPROOF_DEPLOYMENT: 'none', TRADEPROOF_KEYS_FILE: 'none' },
  };
}

/** `npm run restore`, of the first backup into the database; what it tells the operator. */
async function restored(databaseUrl: string): Promise<string> {
  const env = settingsOf(databaseUrl);
  return (await promisify(execFile)(process.execPath, [MAIN, 'restore', out()], { env })).stdout;
}

/** What doctor says of this member's own orders in a database. */
async function ownOrdersIn(databaseUrl: string): Promise<string[]> {
  const pool = openPool({ connectionString: databaseUrl, max: 1 });
  try {
    const findings = await checkOwnOrders({ pool, config: testConfig({ databaseUrl, member: 'core' }) });
    return findings.map(({ verdict, fact }) => `${verdict}: ${fact}`);
  } finally {
    await pool.end();
  }
}

async function checksumOf(url: string) {
  const pool = openPool({ connectionString: url, max: 1 });
  try {
    return await chainChecksum(pool);
  } finally {
    await pool.end();
  }
}

it('copies a node while it works, sealed documents sealed, for its owner alone', async () => {
  const posted = await post('BACKED-UP-1');
  expect(posted.status).toBe(201);
  const { body } = await core.client.post('/v1/api-keys', { name: 'a desk', roles: ['ORDER_DESK'] });
  desk = body as unknown as typeof desk;
  const [manifest] = await Promise.all([
    backup({ databaseUrl: core.databaseUrl, member: 'core', out: out() }),
    post('MEANWHILE-1'),
  ]);
  expect(manifest.tables.find(({ name }) => name === 'chain_events')!.rows).toBeGreaterThan(0);
  const modes = readdirSync(out()).map((file) => statSync(join(out(), file)).mode & 0o077);
  expect(modes.every((mode) => mode === 0)).toBe(true);
  await expect(backup({ databaseUrl: core.databaseUrl, member: 'core', out: out() })).rejects.toThrow(
    'is there already',
  );
});

it('is laid where the caller stands, and says where', async () => {
  const env = { ...settingsOf(core.databaseUrl), INIT_CWD: dir };
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, 'backup', 'by-hand'], { env });
  expect(stdout).toContain(`all of it is in ${join(dir, 'by-hand')}`);
  expect((await readBackup(join(dir, 'by-hand'))).member).toBe('core');
});

it('leaves nothing behind when it is interrupted', async () => {
  const holder = new pg.Client({ connectionString: core.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE order_postings IN ACCESS EXCLUSIVE MODE');
  const begun = () => readdirSync(dir).filter((name) => name.startsWith('cut.partial-')).length;
  try {
    const env = settingsOf(core.databaseUrl);
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const child = spawn(process.execPath, [MAIN, 'backup', join(dir, 'cut')], { env, stdio: 'ignore' });
      const ended = once(child, 'exit');
      while (begun() === 0 && child.exitCode === null) await new Promise((next) => setTimeout(next, 20));
      child.kill(signal);
      expect(await ended).toEqual([code, null]);
      expect(begun()).toBe(0);
    }
  } finally {
    await holder.end();
  }
});

it('is whole where two are taken into one folder at once, the other refused, with a slash at its end or without', async () => {
  const twice = join(dir, 'twice');
  const taken = await Promise.allSettled(
    [twice, `${twice}/`].map((out) => backup({ databaseUrl: core.databaseUrl, member: 'core', out })),
  );
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [won] = taken.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(await readBackup(twice)).toEqual(won);
  expect(readdirSync(dir).filter((name) => name.startsWith('twice'))).toEqual(['twice']);
});

it('is of one moment even when the index is emptied meanwhile, which waits for no backup', async () => {
  const pool = openPool({ connectionString: core.databaseUrl, max: 3 });
  const holding = await pool.connect();
  try {
    // Who reads a table keeps it from being emptied, and says so before others wait behind.
    await holding.query('BEGIN; LOCK TABLE chain_events IN ACCESS SHARE MODE');
    await expect(wipeChainTables(pool)).rejects.toThrow('as a backup does: nothing was emptied');
    // The backup, begun, waits for one of its first tables; the index is emptied before it comes to its tables.
    const [first] = await tablesOf(holding);
    await holding.query(`COMMIT; BEGIN; LOCK TABLE ${first!.name} IN ACCESS EXCLUSIVE MODE`);
    const taken = backup({ databaseUrl: core.databaseUrl, member: 'core', out: join(dir, 'meanwhile') });
    const waiting = `SELECT 1 FROM pg_stat_activity
                     WHERE application_name = 'tradeproof-backup' AND wait_event_type = 'Lock'`;
    while ((await pool.query(waiting)).rowCount === 0) await new Promise((next) => setTimeout(next, 20));
    await wipeChainTables(pool);
    await holding.query('COMMIT');
    const { block, tables } = await taken;
    const events = tables.find(({ name }) => name === 'chain_events')!.rows;
    expect(events > 0).toBe(block >= 0);
    // The indexer that runs on fills it again.
    const { status } = await eventually(
      () => post('AFTER-THE-WIPE-1'),
      ({ status }) => status === 201,
    );
    expect(status).toBe(201);
  } finally {
    holding.release();
    await pool.end();
  }
});

it('refuses what is no whole backup, is another member’s, or would write over a database', async () => {
  const databaseUrl = fresh.url;
  await expect(restore({ databaseUrl, member: 'bank-a', from: out() })).rejects.toThrow(
    'backup of core, not of bank-a',
  );
  await expect(restore({ databaseUrl, member: 'core', from: dir })).rejects.toThrow('no manifest.json');
  const spoilt = join(dir, 'spoilt');
  cpSync(out(), spoilt, { recursive: true });
  appendFileSync(join(spoilt, 'chain_events.copy.gz'), 'x');
  await expect(restore({ databaseUrl, member: 'core', from: spoilt })).rejects.toThrow(
    'not the file that was backed up',
  );
  const path = join(spoilt, 'manifest.json');
  const whole = JSON.parse(readFileSync(join(out(), 'manifest.json'), 'utf8')) as Manifest;
  writeFileSync(path, JSON.stringify({ ...whole, tables: [], migrations: ['Later9'] }));
  await expect(restore({ databaseUrl, member: 'core', from: spoilt })).rejects.toThrow('a newer release: Later9');
  const short = { ...whole, tables: whole.tables.map((table) => ({ ...table, rows: table.rows + 1 })) };
  cpSync(out(), spoilt, { recursive: true });
  writeFileSync(path, JSON.stringify(short));
  const other = await testDatabase();
  await expect(restore({ databaseUrl: other.url, member: 'core', from: spoilt })).rejects.toThrow(
    /rows came of .*; no row was restored, but the tables are made/,
  );
  await other.drop();
  const full = { databaseUrl: core.databaseUrl, member: 'core', from: out() };
  await expect(restore(full)).rejects.toThrow('the database is not empty');
});

it('comes back: catches up from the chain to the peer’s tables, opens its documents, and trades on', async () => {
  // What happened after the backup, some of it this member's own transactions.
  const later = await post('AFTER-THE-BACKUP-1');
  expect(later.status).toBe(201);
  const xml = Buffer.from(orderOf('BATCHED-AFTER-1')).toString('base64');
  const batched = await core.client.post('/v1/orders/bulk?batch=true', [{ supplier: 'supplier-1', xml }]);
  expect(batched.status).toBe(201);
  expect((await core.client.call('DELETE', `/v1/api-keys/${desk.id}`)).status).toBe(200);
  expect(await ownOrdersIn(core.databaseUrl)).toEqual(['ok: it knows the last orders that core has posted']);
  const { tx, ...end } = await core.app.get(ReadEvents).end();
  await core.app.close();
  expect(await restored(fresh.url)).toMatch(/before anybody else does:[^]*API keys that were revoked since[^]*doctor/);
  await fromAfar(fresh.url);

  const keysFile = join(dir, 'keys.json');
  const deployment = join(dir, 'deployment.json');
  writeFileSync(keysFile, JSON.stringify(nodes.consortium.members.find(({ name }) => name === 'core')!.keys), {
    mode: 0o600,
  });
  writeFileSync(deployment, JSON.stringify(nodes.consortium.deployment));
  const chain = { rpcUrls: [nodes.anvil.url], chainId: nodes.anvil.chainId, deployment, keysFile };
  const rooms = Object.values<Type>(await import('../../node/src/rooms.js'));
  const settings = { member: 'core', embedded: true, parties: 'learn', databaseUrl: fresh.url, ...chain } as const;
  again = await testApi(rooms, settings);
  await again.app.listen(Number(new URL(core.client.member.url).port), '127.0.0.1');

  const ids = await eventually(
    () => core.client.get('/v1/orders'),
    ({ status }) => status === 200,
  );
  expect(ids.status).toBe(200);
  // As of the batch, which came last.
  const wanted = await eventually(
    () => core.client.get(`/v1/registry/orders/${String(later.body['id'])}`, batched.block),
    ({ status }) => status === 200,
  );
  expect(wanted.status).toBe(200);
  // What the operator is told of is so.
  const asDesk = { headers: { authorization: `Bearer ${desk.apiKey}` } };
  expect((await fetch(`${core.client.member.url}/v1/orders`, asDesk)).status).toBe(200);
  expect(await ownOrdersIn(fresh.url)).toEqual([
    expect.stringMatching(
      `^warning: it does not know \\d of the last .* orders .*, the newest ${String(later.body['id'])}$`,
    ),
    expect.stringMatching(/^warning: it does not know 1 of the last \d+ batches of orders/),
  ]);
  // Its documents of before open; the ledger of nonces goes on after transactions that it does not remember.
  const next = await post('AFTER-THE-RESTORE-1');
  expect([next.status, next.body['code']]).toEqual([201, undefined]);
  const order = await core.client.get(`/v1/orders/${String(next.body['id'])}`, next.block);
  expect(order.body).toMatchObject({ number: 'AFTER-THE-RESTORE-1' });
  const peer = nodes.of('supplier-1');
  await eventually(
    () => peer.client.get(`/v1/registry/orders/${String(next.body['id'])}`, next.block),
    ({ status }) => status === 200,
  );
  const checksums = async () => ({ ours: await checksumOf(fresh.url), theirs: await checksumOf(peer.databaseUrl) });
  const { body: both } = await eventually(
    async () => ({ status: 200, block: -1, body: await checksums() }),
    ({ body: { ours, theirs } }) => JSON.stringify(ours) === JSON.stringify(theirs),
  );
  expect(both['ours']).toEqual(both['theirs']);

  // Who had read all that was told elsewhere is told what is new here, and who begins anew is told that last.
  const { app } = again;
  await app.get(UnitOfWork).run(() => app.get(News).add(testNews('probe.told')));
  for (const position of [{ ...end, tx: tx + FURTHER }, BEGINNING]) {
    const told = async () => {
      const events = await app.get(ReadEvents).after(position, 500);
      return { status: 200, block: 0, body: { events } };
    };
    const { body } = await eventually(told, ({ body: { events } }) => JSON.stringify(events).includes('probe.told'));
    const events = body['events'] as StreamEvent[];
    expect(events.map(({ type }) => type)).toContain('probe.told');
    const epochs = events.map(({ position: { epoch } }) => epoch);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(epochs.at(-1)).toBeGreaterThan(end.epoch);
  }
});
