import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get as getOver } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { testDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';
import { generateApiKey } from './api-key.js';
import { DESK_ROLES, type DeskRole } from './roles.js';

const get = (api: TestApi, url: string, authorization?: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
  api.app.inject({ method, url, headers: authorization ? { authorization } : {} }) as Promise<LightMyRequestResponse>;

async function rows<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result.rows as Row[];
}

describe('API keys', () => {
  let api: TestApi;
  let admin: string;

  beforeAll(async () => {
    api = await testApi([ProbeRoom]);
    admin = await api.bearer('ADMIN');
  });
  afterAll(() => api.stop());

  const create = (payload: object, headers: object = {}) =>
    api.app.inject({
      method: 'POST',
      url: '/v1/api-keys',
      headers: { authorization: admin, ...headers },
      payload,
    }) as Promise<LightMyRequestResponse>;

  // Route by role: 200-like or 403, nothing in between.
  const ROUTES: [method: 'GET' | 'POST' | 'DELETE', url: string, allowed: readonly DeskRole[]][] = [
    ['GET', '/v1/probes/whoami', DESK_ROLES],
    ['POST', '/v1/probes/plain', ['ORDER_DESK']],
    ['DELETE', '/v1/probes/1', ['ORDER_DESK']],
    ['GET', '/v1/api-keys', ['ADMIN']],
    ['GET', '/v1/audit-log', ['ADMIN', 'AUDITOR']],
    ['GET', '/v1/audit-log/verification', ['ADMIN', 'AUDITOR']],
  ];
  it.each(ROUTES)('let in by role only: %s %s', async (method, url, allowed) => {
    for (const role of DESK_ROLES) {
      const response = await get(api, url, await api.bearer(role), method);
      expect([role, response.statusCode >= 400]).toEqual([role, !allowed.includes(role)]);
      if (response.statusCode >= 400)
        expect(response.json()).toMatchObject({ code: 'FORBIDDEN', facts: { roles: allowed } });
    }
    const none = await get(api, url, undefined, method);
    expect([none.statusCode, none.headers['www-authenticate'], none.json<{ code: string }>().code]).toEqual([
      401,
      'Bearer realm="tradeproof"',
      'UNAUTHENTICATED',
    ]);
  });

  it('are made by an administrator, shown once and kept as a hash', async () => {
    const response = await create(
      { name: 'erp', roles: ['ORDER_DESK', 'ORDER_DESK'] },
      { 'idempotency-key': 'make-erp' },
    );
    const made = response.json<{ id: string; apiKey: string; roles: string[] }>();
    expect([response.statusCode, made.roles]).toEqual([201, ['ORDER_DESK']]);
    const whoami = await get(api, '/v1/probes/whoami', `Bearer ${made.apiKey}`);
    expect(whoami.json()).toEqual({ credential: `key:${made.id}`, name: 'erp', roles: ['ORDER_DESK'] });
    const repeat = await create(
      { name: 'erp', roles: ['ORDER_DESK', 'ORDER_DESK'] },
      { 'idempotency-key': 'make-erp' },
    );
    expect([repeat.statusCode, repeat.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'SHOWN_ONCE', facts: { id: made.id } }),
    ]);
    const secret = made.apiKey.split('_').slice(2).join('_');
    const tables = await rows<{ t: string }>(
      api.databaseUrl,
      `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    for (const { t } of tables) {
      const dump = JSON.stringify(await rows(api.databaseUrl, `SELECT x::text FROM "${t}" x`));
      expect(dump.includes(secret)).toBe(false);
      expect(dump.includes(Buffer.from(secret).toString('hex'))).toBe(false);
    }
    expect(api.logs.join('')).not.toContain(secret);
  });

  it.each([
    { name: '', roles: ['ADMIN'] },
    { name: 'a', roles: [] },
    { name: 'a', roles: ['ROOT'] },
    { name: 'a' },
    { name: 'a', roles: ['ADMIN'], id: 'x' },
  ])('are refused when misdescribed: %j', async (body) => {
    expect((await create(body)).json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('end when they are revoked, at once', async () => {
    const made = (await create({ name: 'short', roles: ['AUDITOR'] })).json<{ id: string; apiKey: string }>();
    const bearer = `Bearer ${made.apiKey}`;
    expect((await get(api, '/v1/probes/whoami', bearer)).statusCode).toBe(200);
    const revoked = await get(api, `/v1/api-keys/${made.id}`, admin, 'DELETE');
    expect([revoked.statusCode, revoked.json<{ status: string }>().status]).toEqual([200, 'REVOKED']);
    expect((await get(api, '/v1/probes/whoami', bearer)).statusCode).toBe(401);
    expect((await get(api, `/v1/api-keys/${made.id}`, admin, 'DELETE')).statusCode).toBe(200);
    expect((await get(api, '/v1/api-keys/0000000000000000', admin, 'DELETE')).json()).toMatchObject({
      code: 'API_KEY_UNKNOWN',
      status: 404,
    });
  });

  it('are refused when anything is wrong with them, and each refusal is audited', async () => {
    const good = (await api.bearer('ORDER_DESK')).slice('Bearer '.length);
    const [, id] = good.split('_');
    const last = good.at(-2) === 'A' ? 'B' : 'A';
    const bad = [
      `tp_${id}_${randomBytes(32).toString('base64url')}`,
      `${good.slice(0, -2)}${last}${good.at(-1)}`,
      generateApiKey().text,
      good.slice(0, -1),
      `${good}A`,
      good.toUpperCase(),
      `tp_${id}_`,
      `tp_' OR 1=1 --_x`,
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
    ];
    const before = await rows(api.databaseUrl, `SELECT 1 FROM audit_log WHERE action = 'login'`);
    for (const key of bad)
      expect([key, (await get(api, '/v1/probes/whoami', `Bearer ${key}`)).statusCode]).toEqual([key, 401]);
    expect((await get(api, '/v1/probes/whoami', `Basic ${good}`)).statusCode).toBe(401);
    expect((await get(api, '/v1/probes/whoami', `Bearer ${good}`)).statusCode).toBe(200);
    const after = await rows<{ outcome: string; facts: string }>(
      api.databaseUrl,
      `SELECT outcome, facts FROM audit_log WHERE action = 'login'`,
    );
    expect(after.length - before.length).toBe(bad.length + 1);
    expect(after.at(-1)).toEqual({ outcome: 'UNAUTHENTICATED', facts: '{"from":"127.0.0.1"}' });
  });

  it('are checked before the body is read', async () => {
    const response = (await api.app.inject({
      method: 'POST',
      url: '/v1/probes',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    })) as LightMyRequestResponse;
    expect(response.statusCode).toBe(401);
  });
});

it('answers 429 to an address that keeps guessing, leaves no more rows, and still lets a good key in', async () => {
  const api = await testApi([ProbeRoom]);
  const good = await api.bearer('ORDER_DESK');
  const codes: number[] = [];
  for (let n = 0; n < 70; n++) codes.push((await get(api, '/v1/probes/whoami', 'Bearer nonsense')).statusCode);
  expect([codes.filter((code) => code === 401).length, codes.at(-1)]).toEqual([60, 429]);
  expect(await rows(api.databaseUrl, `SELECT 1 FROM audit_log WHERE action = 'login'`)).toHaveLength(60);
  expect((await get(api, '/v1/probes/whoami', good)).statusCode).toBe(200);
  await api.stop();
});

it('limits a credential however it writes the path, and looks for what is nowhere too', async () => {
  const api = await testApi([ProbeRoom], { rateLimit: 4 });
  await api.app.listen(0, '127.0.0.1');
  const { port } = api.app.getHttpServer().address() as AddressInfo;
  const authorization = await api.bearer('ORDER_DESK');
  const askedAs = (path: string) =>
    new Promise((resolve, reject) => {
      const call = { host: '127.0.0.1', port, path, headers: { authorization }, agent: false };
      getOver(call, (answer) => void answer.resume().on('end', () => resolve(answer.statusCode))).on('error', reject);
    });
  const written = ['/%761/probes/whoami', 'http://x/v1/probes/whoami', '/v1/probes/whoami', '/v1/nowhere'];
  const codes: unknown[] = [];
  for (const path of [...written, ...written]) codes.push(await askedAs(path));
  expect(codes).toEqual([200, 200, 200, 404, 429, 429, 429, 429]);
  await api.stop();
});

it('limits each credential by itself', async () => {
  const api = await testApi([ProbeRoom], { rateLimit: 5 });
  const [one, other] = [await api.bearer('ORDER_DESK'), await api.bearer('ORDER_DESK')];
  const codes: number[] = [];
  for (let n = 0; n < 7; n++) codes.push((await get(api, '/v1/probes/whoami', one)).statusCode);
  expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const limited = await get(api, '/v1/probes/whoami', one);
  expect([limited.json(), Number(limited.headers['retry-after']) > 0]).toEqual([
    expect.objectContaining({ code: 'RATE_LIMITED' }),
    true,
  ]);
  expect((await get(api, '/v1/probes/whoami', other)).statusCode).toBe(200);
  expect((await get(api, '/health')).statusCode).toBe(200);
  await api.stop();
});

it('limits an address without a credential, wherever it asks', async () => {
  const api = await testApi([ProbeRoom], { rateLimit: 3 });
  for (const url of ['/docs', '/docs/swagger-ui-bundle.js', '/openapi.json'])
    expect((await get(api, url)).statusCode).toBe(200);
  for (const url of ['/docs', '/docs/swagger-ui-bundle.js', '/openapi.json', '/nowhere'])
    expect((await get(api, url)).statusCode).toBe(429);
  for (const url of ['/health', '/metrics']) expect((await get(api, url)).statusCode).toBe(200);
  await api.stop();
});

it('keeps the last administrator', async () => {
  const api = await testApi([ProbeRoom]);
  const admin = await api.bearer('ADMIN');
  const id = admin.split('_')[1]!;
  expect((await get(api, `/v1/api-keys/${id}`, admin, 'DELETE')).json()).toMatchObject({
    code: 'API_KEY_LAST_ADMIN',
    status: 409,
  });
  const second = await api.bearer('ADMIN');
  const [a, b] = await Promise.all([
    get(api, `/v1/api-keys/${second.split('_')[1]!}`, admin, 'DELETE'),
    get(api, `/v1/api-keys/${id}`, second, 'DELETE'),
  ]);
  // The loser is refused by the rule, or no longer let in when the winner was done before its key was looked at.
  const [won, lost] = [a.statusCode, b.statusCode].sort();
  expect(won).toBe(200);
  expect([401, 409]).toContain(lost);
  await api.stop();
});

describe('the first key', () => {
  let folder: string;
  let database: TestDatabase;
  const key = generateApiKey();

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tradeproof-'));
    database = await testDatabase();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const fileOf = (text: string, mode = 0o600, name = 'key') => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  it('comes from a file, once, and is never logged', async () => {
    const settings = { databaseUrl: database.url, bootstrapApiKeyFile: fileOf(`${key.text}\n`), embedded: false };
    for (let start = 0; start < 2; start++) {
      const api = await testApi([ProbeRoom], settings);
      const me = await get(api, '/v1/probes/whoami', `Bearer ${key.text}`);
      expect(me.json()).toEqual({ credential: `key:${key.id}`, name: 'bootstrap', roles: ['ADMIN'] });
      expect(api.logs.join('')).not.toContain(key.text.slice(20));
      await api.stop();
    }
    expect(await rows(database.url, 'SELECT id FROM auth_api_keys')).toHaveLength(1);
  });

  it('has all roles in the embedded consortium', async () => {
    const api = await testApi([ProbeRoom], {
      databaseUrl: database.url,
      bootstrapApiKeyFile: fileOf(key.text),
      embedded: true,
    });
    expect((await get(api, '/v1/probes/whoami', `Bearer ${key.text}`)).json<{ roles: string[] }>().roles).toEqual([
      ...DESK_ROLES,
    ]);
    await api.stop();
  });

  it('is not taken in beside another administrator', async () => {
    const first = await testApi([ProbeRoom], { databaseUrl: database.url });
    await first.bearer('ADMIN');
    await first.stop();
    const api = await testApi([ProbeRoom], { databaseUrl: database.url, bootstrapApiKeyFile: fileOf(key.text) });
    expect((await get(api, '/v1/probes/whoami', `Bearer ${key.text}`)).statusCode).toBe(401);
    await api.stop();
  });

  it('comes beside another as the second administrator’s, once, and not again after its revocation', async () => {
    const own = generateApiKey();
    const settings = {
      ...{ databaseUrl: database.url, embedded: true },
      ...{ bootstrapApiKeyFile: fileOf(key.text), secondAdminKeyFile: fileOf(own.text, 0o600, 'second') },
    };
    for (let start = 0; start < 2; start++) {
      const api = await testApi([ProbeRoom], settings);
      const me = await get(api, '/v1/probes/whoami', `Bearer ${own.text}`);
      expect(me.json()).toMatchObject({ credential: `key:${own.id}`, roles: ['ADMIN'] });
      if (start === 1) await get(api, `/v1/api-keys/${own.id}`, `Bearer ${key.text}`, 'DELETE');
      await api.stop();
    }
    const api = await testApi([ProbeRoom], settings);
    expect((await get(api, '/v1/probes/whoami', `Bearer ${own.text}`)).statusCode).toBe(401);
    expect(api.logs.join('')).toContain('was revoked');
    await api.stop();
    const keys = await rows(database.url, 'SELECT created_by, revoked_at IS NULL AS live FROM auth_api_keys');
    expect(keys).toEqual(
      expect.arrayContaining([
        { created_by: 'node', live: true },
        { created_by: 'node', live: false },
      ]),
    );
    expect(keys).toHaveLength(2);
  });

  it.each([
    [key.text, 0o644, 'chmod 600'],
    ['not a key', 0o600, 'no API key of the form'],
  ])('stops the start when its file is wrong', async (text, mode, message) => {
    const settings = { databaseUrl: database.url, bootstrapApiKeyFile: fileOf(text, mode) };
    await expect(testApi([ProbeRoom], settings)).rejects.toThrow(message);
  });
});
