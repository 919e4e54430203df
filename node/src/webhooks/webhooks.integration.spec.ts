import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Webhook as Reference } from 'standardwebhooks';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { testDatabase } from '../../../test/support/postgres.js';
import { TestHead } from '../../../test/support/test-head.js';
import { testNews } from '../../../test/support/test-news.js';
import { sealKeys } from '../config/index.js';
import { UnitOfWork } from '../database/index.js';
import { EventsModule, News } from '../events/index.js';
import { IndexHead } from '../indexer/index.js';
import { type Received, Receiver } from './testing/receiver.js';
import { WebhooksModule } from './webhooks.module.js';

@Global()
@Module({ providers: [{ provide: IndexHead, useClass: TestHead }], exports: [IndexHead] })
class HeadStandIn {}

const OBJECT = `0x${'0b'.repeat(32)}`;
const folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
const keysFile = join(folder, 'keys.json');
/** The same, for a node that is not embedded. */
const sealed = {
  keysFile: join(folder, 'sealed.json'),
  passphraseFile: join(folder, 'passphrase'),
  passphrase: 'correct horse battery',
};

let database: Awaited<ReturnType<typeof testDatabase>>;
let api: TestApi;
let authorization: string;
let receivers: Receiver[];

/** A receiver that is stopped after the test. */
async function receive(port?: number): Promise<Receiver> {
  const receiver = await Receiver.start(port);
  receivers.push(receiver);
  return receiver;
}

const query = (sql: string, values: unknown[] = []) =>
  api.app.get(UnitOfWork).manager.query<Record<string, unknown>[]>(sql, values);

/** What the indexer does: events and checkpoint in one transaction, then the signal. */
async function block(number: number, ...names: string[]): Promise<void> {
  await api.app.get(UnitOfWork).run(async () => {
    for (const [index, name] of names.entries()) {
      await query(`INSERT INTO chain_events VALUES ($1, $2, 1795000000, '\\x0a', 'OrderRegistry', $3, '{"n":1}', $4)`, [
        number,
        index,
        name,
        Buffer.alloc(32, name === 'OrderPosted' ? 0x0b : 0x0c),
      ]);
    }
    await query('UPDATE indexer_checkpoint SET number = $1', [number]);
  });
  (api.app.get(IndexHead, { strict: false }) as TestHead).advance();
}

async function rewindTo(number: number): Promise<void> {
  await api.app.get(UnitOfWork).run(async () => {
    await query('DELETE FROM chain_events WHERE block > $1', [number]);
    await query('UPDATE indexer_checkpoint SET number = $1', [number]);
  });
}

const tell = (type: string) => api.app.get(UnitOfWork).run(() => api.app.get(News).add(testNews(type)));

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
  const response = await api.app.inject({ method, url: `/v1/webhooks${path}`, headers: { authorization }, payload });
  return { status: response.statusCode, body: response.json<Record<string, never>>() };
}

async function hook(url: string, rest: object = {}): Promise<{ id: string; secret: string }> {
  const { status, body } = await call('POST', '', { url, ...rest });
  expect(status).toBe(201);
  return body as unknown as { id: string; secret: string };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (
    const end = Date.now() + 240_000;
    !(await condition());
    await new Promise((resolve) => setTimeout(resolve, 10))
  ) {
    if (Date.now() > end) throw new Error('it did not happen in time');
  }
}

/** Whether so many tries have failed: on a slow machine the next may have come by itself. */
const failed = async (id: string, tries: number) => Number((await call('GET', `/${id}`)).body['failures']) >= tries;

/** Lets a webhook that waits be tried now. */
const tryNow = () => query('UPDATE webhooks SET next_attempt_at = now()');

async function startNode(): Promise<void> {
  api = await testApi([HeadStandIn, EventsModule, WebhooksModule], {
    databaseUrl: database.url,
    keysFile,
    embedded: true,
  });
  authorization = await api.bearer('ADMIN');
}

beforeAll(() => {
  const secret = () => `0x${randomBytes(32).toString('hex')}`;
  const key = (crv: string) => ({ kty: 'OKP', crv, x: 'x', d: 'd' });
  const keys = { operator: secret(), seed: secret(), tagSecret: secret(), tag: secret(), vault: secret() };
  const messages = { messageSigning: key('Ed25519'), messageEncryption: key('X25519') };
  writeFileSync(keysFile, JSON.stringify({ ...keys, ...messages }), { mode: 0o600 });
  writeFileSync(sealed.passphraseFile, sealed.passphrase, { mode: 0o600 });
  const sealedKeys = sealKeys({ ...keys, ...messages }, sealed.passphrase);
  writeFileSync(sealed.keysFile, JSON.stringify(sealedKeys), { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  receivers = [];
  database = await testDatabase();
  await startNode();
});

afterEach(async () => {
  await api.stop();
  await Promise.all(receivers.map((receiver) => receiver.stop()));
  await database.drop();
});

it('sends what the stream tells from now on, in order, and signed so that the reference library accepts it', async () => {
  const receiver = await receive();
  await block(1, 'OrderPosted');
  const { secret } = await hook(receiver.url);
  await block(2, 'OrderAccepted', 'MilestoneRecorded');
  await tell('test.document.received');
  await until(() => receiver.got.length === 3);
  expect(receiver.types).toEqual(['OrderAccepted', 'MilestoneRecorded', 'test.document.received']);
  const reference = new Reference(secret);
  for (const { text, headers, body } of receiver.got) {
    expect(reference.verify(text, headers as Record<string, string>)).toEqual(body);
    expect(() => reference.verify(`${text} `, headers as Record<string, string>)).toThrow();
  }
  expect(receiver.got[0]!.body.data).toMatchObject({ block: 2, args: { n: 1 }, contract: 'OrderRegistry' });
  expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
});

it('sends what is asked for only, from the beginning too', async () => {
  testNews('x.received');
  const [byType, byObject] = [await receive(), await receive()];
  await block(1, 'OrderPosted', 'OrderAccepted');
  await hook(byType.url, { types: [' OrderAccepted', 'x.received'], from: 'beginning' });
  await hook(byObject.url, { object: OBJECT, from: 'beginning' });
  await tell('y.received');
  await tell('x.received');
  await block(2, 'OrderPosted');
  await until(() => byType.got.length === 2 && byObject.got.length === 2);
  expect(byType.types).toEqual(['OrderAccepted', 'x.received']);
  expect(byObject.types).toEqual(['OrderPosted', 'OrderPosted']);
});

it('is not made for what never comes, and serves one that was', async () => {
  const receiver = await receive();
  const refused = await call('POST', '', { url: receiver.url, types: ['OrderAccepted', 'OrderAcepted'] });
  expect(refused).toMatchObject({
    ...{ status: 400, body: { code: 'EVENT_TYPE_UNKNOWN', facts: { unknown: ['OrderAcepted'] } } },
  });
  const { id } = await hook(receiver.url, { types: ['OrderAccepted'] });
  await query(`UPDATE webhooks SET types = array_append(types, 'OrderAcepted')`);
  await block(1, 'OrderAccepted');
  await until(() => receiver.got.length === 1);
  expect((await call('GET', `/${id}`)).body).toMatchObject({ types: ['OrderAccepted', 'OrderAcepted'] });
  expect((await call('POST', `/${id}/replay`, { from: 'beginning' })).status).toBe(200);
  await until(() => receiver.got.length === 2);
});

it('tries again what is refused or not answered, with the same id and bytes, before anything else', async () => {
  const receiver = await receive();
  const { id } = await hook(receiver.url);
  const seen = Promise.withResolvers<void>();
  const take = (response: ServerResponse) => void response.writeHead(204).end();
  // One a try, whenever it comes: by itself, or sooner when told.
  const answers: ((response: ServerResponse) => void)[] = [
    (response) => void response.writeHead(500).end('a page of the receiver’s'),
    (response) => void response.socket!.destroy(),
    (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
    (response) => void seen.promise.then(() => take(response)),
  ];
  receiver.answer = (_, response) => (answers.shift() ?? take)(response);
  await block(1, 'OrderPosted', 'OrderAccepted');
  await until(() => receiver.got.length >= 1);
  await until(() => failed(id, 1));
  await tryNow();
  await until(() => failed(id, 2));
  await tryNow();
  await until(async () => (await call('GET', `/${id}`)).body['lastError'] === 'HTTP_302');
  seen.resolve();
  await tryNow();
  await until(() => receiver.got.length === 5);
  expect(receiver.types).toEqual(['OrderPosted', 'OrderPosted', 'OrderPosted', 'OrderPosted', 'OrderAccepted']);
  expect(new Set(receiver.got.slice(0, 4).map(({ text, headers }) => `${headers['webhook-id']}${text}`)).size).toBe(1);
  await until(async () => (await call('GET', `/${id}`)).body['failures'] === 0);
  const { body } = await call('GET', `/${id}/deliveries`);
  expect(body['items']).toMatchObject([
    { type: 'OrderAccepted', status: 'DELIVERED', attempts: 1, httpStatus: 204 },
    { type: 'OrderPosted', status: 'DELIVERED', attempts: 4, httpStatus: 204, error: null },
  ]);
});

it('waits longer after each failure, and holds up no other receiver', async () => {
  const [dead, alive] = [await receive(), await receive()];
  dead.answer = undefined;
  const { id } = await hook(dead.url);
  await hook(alive.url);
  for (let number = 1; number <= 20; number++) await block(number, 'OrderPosted');
  await until(() => alive.got.length === 20);
  // Tried again, where the others took longer than an answer may.
  await until(() => dead.got.length >= 1);
  await dead.stop();
  await until(() => failed(id, 1));
  const { body } = await call('GET', `/${id}`);
  expect(Date.parse(body['nextAttemptAt']!)).toBeGreaterThan(Date.parse(body['failingSince']!));
});

it('goes on where it was after the node stopped, and events of the time in between come too', async () => {
  let receiver = await receive();
  const { port } = receiver;
  await hook(receiver.url);
  receiver.answer = (_, response) => response.writeHead(503).end();
  await block(1, 'OrderPosted', 'OrderAccepted');
  await until(() => receiver.got.length >= 1);
  await api.stop();
  await receiver.stop();
  await startNode();
  await block(2, 'OrderChanged');
  receiver = await receive(port);
  await tryNow();
  await until(() => receiver.got.length === 3);
  expect(receiver.types).toEqual(['OrderPosted', 'OrderAccepted', 'OrderChanged']);
});

it('repeats with the same id what was received when the process died before it knew', async () => {
  const receiver = await receive();
  await hook(receiver.url);
  receiver.answer = undefined;
  await block(1, 'OrderPosted', 'OrderAccepted');
  await until(() => receiver.got.length === 1);
  // As another process would take it over: this one is not believed when it comes back with its news.
  await query('UPDATE webhooks SET lease = gen_random_uuid(), leased_until = now()');
  receiver.answer = (_, response) => response.end();
  await receiver.stop();
  const again = await receive(receiver.port);
  await tryNow();
  await until(() => again.got.length === 2);
  expect(again.types).toEqual(['OrderPosted', 'OrderAccepted']);
  expect(again.got[0]!.headers['webhook-id']).toBe(receiver.got[0]!.headers['webhook-id']);
  expect(again.got[0]!.text).toBe(receiver.got[0]!.text);
});

it('is sent for by one of several processes, so that order holds', async () => {
  const receiver = await receive();
  const other = await testApi([HeadStandIn, EventsModule, WebhooksModule], {
    databaseUrl: database.url,
    keysFile,
    embedded: true,
  });
  await hook(receiver.url);
  const all: string[] = [];
  for (let number = 1; number <= 30; number++) {
    await block(number, `Event${number}`);
    (other.app.get(IndexHead, { strict: false }) as TestHead).advance();
    all.push(`Event${number}`);
  }
  await until(() => receiver.got.length >= 30);
  await other.stop();
  expect(receiver.types).toEqual(all);
});

it('takes back what the index took back, and sends what took its place', async () => {
  const receiver = await receive();
  await hook(receiver.url);
  await block(1, 'OrderPosted');
  await block(2, 'OrderAccepted');
  await until(() => receiver.got.length === 2);
  await rewindTo(1);
  await block(2, 'OrderRejected');
  await until(() => receiver.got.length === 4);
  expect(receiver.types).toEqual(['OrderPosted', 'OrderAccepted', 'chain.rewound', 'OrderRejected']);
  expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
});

it('signs with the old secret too while a rotation is under way', async () => {
  const receiver = await receive();
  const old = await hook(receiver.url);
  const { status, body } = await call('POST', `/${old.id}/secret`, { overlapSeconds: 3600 });
  expect(status).toBe(201);
  expect(body['rotatingUntil']).not.toBeNull();
  await tell('a.received');
  await until(() => receiver.got.length === 1);
  await query(`UPDATE webhooks SET old_secret_until = now()`);
  await tell('b.received');
  await until(() => receiver.got.length === 2);
  const accepted = (secret: string, { text, headers }: Received) => {
    try {
      return Boolean(new Reference(secret).verify(text, headers as Record<string, string>));
    } catch {
      return false;
    }
  };
  const verdicts = receiver.got.map((got) => [accepted(old.secret, got), accepted(body['secret']!, got)]);
  expect(verdicts).toEqual([
    [true, true],
    [false, true],
  ]);
});

it('sends again from an offset, or leaves out what a receiver cannot take', async () => {
  const receiver = await receive();
  const { id } = await hook(receiver.url);
  await block(1, 'OrderPosted', 'OrderAccepted', 'OrderChanged');
  await until(() => receiver.got.length === 3);
  const after = receiver.got[0]!.body.data['id'];
  expect((await call('POST', `/${id}/replay`, { from: { after } })).status).toBe(200);
  await until(() => receiver.got.length === 5);
  expect(receiver.types.slice(3)).toEqual(['OrderAccepted', 'OrderChanged']);
  receiver.answer = ({ body }, response) => response.writeHead(body.type === 'Poison' ? 400 : 200).end();
  await block(2, 'Poison', 'OrderPosted');
  await until(() => receiver.types.includes('Poison'));
  const poison = receiver.got.find(({ body }) => body.type === 'Poison')!.body.data['id'];
  await until(() => failed(id, 1));
  await call('POST', `/${id}/replay`, { from: { after: poison } });
  await until(() => receiver.types.at(-1) === 'OrderPosted');
  expect((await call('POST', `/${id}/replay`, { from: { after: 'x' } })).body['code']).toBe('EVENT_ID_INVALID');
  const { body } = await call('GET', `/${id}/deliveries?limit=2`);
  expect(body['nextCursor']).not.toBeNull();
});

it('goes on with what waited when it was disabled, under the ids that were tried', async () => {
  const receiver = await receive();
  const { id } = await hook(receiver.url);
  receiver.answer = (_, response) => response.writeHead(410).end();
  await block(1, 'OrderPosted', 'OrderAccepted', 'OrderChanged');
  await until(async () => (await call('GET', `/${id}`)).body['status'] === 'DISABLED');
  const waiting = (await call('GET', `/${id}/deliveries`)).body['items'] as unknown as { id: string }[];
  expect(waiting).toMatchObject(Array(3).fill({ status: 'PENDING' }));
  receiver.answer = (_, response) => response.end();
  receiver.got.length = 0;
  expect((await call('POST', `/${id}/replay`, {})).body).toMatchObject({ status: 'ENABLED', failures: 0 });
  await block(2, 'OrderClosed');
  await until(() => receiver.types.includes('OrderClosed'));
  expect(receiver.types.slice(0, 3)).toEqual(['OrderPosted', 'OrderAccepted', 'OrderChanged']);
  const ids = receiver.got.map(({ headers }) => headers['webhook-id']);
  expect(ids.slice(0, 3)).toEqual(waiting.map((delivery) => delivery.id).reverse());
});

it.each([410, 500])(
  'is disabled when the receiver is gone or has failed for days (%d), and says so',
  async (status) => {
    const [receiver, witness] = [await receive(), await receive()];
    const { id } = await hook(receiver.url, { types: ['OrderPosted'] });
    await hook(witness.url, { types: ['webhook.disabled'] });
    if (status === 500)
      await query(`UPDATE webhooks SET failing_since = now() - interval '5 days 1 hour', failures = 59`);
    receiver.answer = (_, response) => response.writeHead(status).end();
    await block(1, 'OrderPosted');
    await until(() => witness.got.length === 1);
    expect(witness.got[0]!.body.data).toMatchObject({ data: { webhook: id } });
    expect((await call('GET', `/${id}`)).body).toMatchObject({ status: 'DISABLED', lastError: `HTTP_${status}` });
    receiver.answer = (_, response) => response.end();
    await call('POST', `/${id}/replay`, { from: 'beginning' });
    await until(() => receiver.got.length === 2);
  },
);

it('keeps signing secrets encrypted, shows them once, and forgets a webhook with all that waits for it', async () => {
  const receiver = await receive();
  receiver.answer = (_, response) => response.writeHead(500).end();
  const { id, secret } = await hook(receiver.url);
  await block(1, 'OrderPosted');
  await until(() => receiver.got.length >= 1);
  const raw = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const [row] = await query('SELECT secret FROM webhooks');
  expect((row!['secret'] as Buffer).includes(raw)).toBe(false);
  expect((row!['secret'] as Buffer).includes(secret)).toBe(false);
  expect(JSON.stringify((await call('GET', '')).body)).not.toContain('whsec_');
  expect(api.logs.join('')).not.toContain('whsec_');
  expect((await call('DELETE', `/${id}`)).status).toBe(200);
  expect(await query('SELECT 1 FROM webhook_deliveries')).toEqual([]);
  expect((await call('GET', `/${id}`)).body['code']).toBe('WEBHOOK_UNKNOWN');
  // It would be taken now, after what waited before it. That alone may still come: a try of it was under way.
  receiver.answer = (_, response) => response.end();
  const witness = await receive();
  for (const type of ['a.received', 'b.received']) testNews(type);
  await hook(witness.url, { types: ['a.received', 'b.received'] });
  await tryNow();
  for (const type of ['a.received', 'b.received']) {
    await tell(type);
    await until(() => witness.types.includes(type));
  }
  expect(receiver.types).not.toContain('a.received');
});

it('goes nowhere that is not public, unless the operator listed it', async () => {
  await api.stop();
  api = await testApi([HeadStandIn, EventsModule, WebhooksModule], {
    databaseUrl: database.url,
    keysFile: sealed.keysFile,
    keysPassphraseFile: sealed.passphraseFile,
    webhookNetworks: ['10.1.0.0/16'],
  });
  authorization = await api.bearer('ADMIN');
  for (const url of [
    'http://127.0.0.1:1/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/hook',
    'http://93.184.216.34/hook',
    'https://user:pass@93.184.216.34/hook',
    'ftp://93.184.216.34/hook',
  ])
    expect((await call('POST', '', { url })).body['code']).toBe('WEBHOOK_URL_REFUSED');
  await hook('http://10.1.2.3/hook', { types: ['OrderWithdrawn'] });
  // A name says nothing until it is resolved: nothing is sent, and the operator sees why.
  const { id } = await hook('https://localhost/hook');
  await tell('a.received');
  await until(() => failed(id, 1));
  expect((await call('GET', `/${id}`)).body['lastError']).toMatch(/^REFUSED: .* is not a public address$/);
});

it('is for administrators, and refuses what it does not know', async () => {
  expect((await call('POST', '', { url: 'nowhere' })).status).toBe(400);
  expect((await call('POST', '', { url: 'https://a.example', secret: 'mine' })).status).toBe(400);
  expect((await call('GET', '/x')).status).toBe(400);
  await query(`INSERT INTO webhooks (url, description, status, secret, position, created_by)
    SELECT 'https://a.example', '', 'DISABLED', '', '0.0.0.0.0', 'test' FROM generate_series(1, 50)`);
  expect((await call('POST', '', { url: 'https://a.example' })).body['code']).toBe('WEBHOOKS_TOO_MANY');
  authorization = await api.bearer('LENDER_DESK');
  expect((await call('GET', '')).status).toBe(403);
});
