import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { defineProblem } from '../kernel/problem.js';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeHead, ProbeRoom, ProbeSwitches } from '../../../test/support/probe-room.js';

const MAX_BODY = 100_000;
const probeAway = defineProblem({ code: 'PROBE_AWAY', status: 503, title: 'The probe is away' });

let api: TestApi;
let authorization: string;
let port: number;

beforeAll(async () => {
  api = await testApi([ProbeRoom], { maxBodyBytes: MAX_BODY, maxWaitSeconds: 60 });
  authorization = await api.bearer('ORDER_DESK');
  await api.app.listen(0, '127.0.0.1');
  port = Number(new URL(await api.app.getUrl()).port);
});

afterAll(() => api.stop());

const send = (options: InjectOptions) =>
  api.app.inject({ ...options, headers: { authorization, ...options.headers } }) as Promise<LightMyRequestResponse>;

const post = (payload: string | Buffer, type = 'application/json', url = '/v1/probes') =>
  send({ method: 'POST', url, headers: { 'content-type': type }, payload });

/** Status, code and media type; checks what each problem has. */
function refusal(response: LightMyRequestResponse): [number, string] {
  const problem = response.json<Record<string, unknown>>();
  expect(response.headers['content-type']).toBe('application/problem+json');
  expect(problem['type']).toBe(`urn:tradeproof:problem:${String(problem['code'])}`);
  expect(problem['status']).toBe(response.statusCode);
  expect(problem['requestId']).toBe(response.headers['x-request-id']);
  return [response.statusCode, String(problem['code'])];
}

/** Sends bytes as they are and gives the whole answer. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    // Not ended: the server takes a caller that says no more for gone, whatever it still has to answer.
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('a body', () => {
  it.each<[payload: string | Buffer, fault: string]>([
    ['{"text":', 'truncated'],
    ['{"text":"a"} x', 'with more after it'],
    ["{'text':'a'}", 'in single quotes'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not in UTF-8'],
    ['{"__proto__":{"admin":true},"text":"a"}', 'with a prototype'],
    [`{"text":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'nested deep'],
  ])('is refused when it is no JSON we take: %#', async (payload) => {
    expect(refusal(await post(payload))).toEqual([400, 'REQUEST_MALFORMED']);
  });

  it('is refused with pointers to what is wrong in it, never with its values', async () => {
    const response = await post('{"text":"a","count":-3.5,"extra/field":"hidden"}');
    expect(refusal(response)).toEqual([400, 'REQUEST_INVALID']);
    const { faults } = response.json<{ facts: { faults: { pointer: string }[] } }>().facts;
    expect(faults.map((fault) => fault.pointer)).toContain('/count');
    expect(response.body).not.toMatch(/hidden|3\.5/);
  });

  it('is refused beyond the limit, by its length or as it comes', async () => {
    const huge = JSON.stringify({ text: 'x'.repeat(MAX_BODY) });
    expect(refusal(await post(huge))).toEqual([413, 'BODY_TOO_LARGE']);
    const chunks = [
      `POST /v1/probes HTTP/1.1`,
      `Host: a`,
      `Authorization: ${authorization}`,
      `Content-Type: application/json`,
      `Connection: close`,
    ];
    const body = `${huge.length.toString(16)}\r\n${huge}\r\n0\r\n\r\n`;
    expect(await raw(`${chunks.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`)).toMatch(/^HTTP\/1.1 413/);
  });

  it('is refused in a type that we do not take', async () => {
    expect(refusal(await post('text=a', 'application/x-www-form-urlencoded'))).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    expect(refusal(await post('a', 'text/plain'))).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('is refused with a character that cannot be stored', async () => {
    expect(refusal(await post('{"text":"a\\u0000b"}'))).toEqual([400, 'REQUEST_MALFORMED']);
  });

  it.each(['application/xml', 'text/xml', 'application/ld+json', 'application/xml; charset=utf-8'])(
    'reaches the route byte for byte as %s',
    async (type) => {
      const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x3c, 0x61, 0x2f, 0x3e, 0x0d, 0x0a]);
      const response = await post(bytes, type, '/v1/probes/raw');
      expect(response.json()).toEqual({ buffer: true, sha: bytes.toString('base64') });
    },
  );

  it('keeps the bytes of JSON beside what was parsed', async () => {
    const response = await post('{ "n": 1.10 }', 'application/json', '/v1/probes/raw');
    expect(response.json()).toEqual({ buffer: false, sha: Buffer.from('{ "n": 1.10 }').toString('base64') });
  });

  it('may be empty', async () => {
    const bare = await send({ method: 'POST', url: '/v1/probes/plain' });
    expect([bare.statusCode, bare.json()]).toEqual([201, { plain: true }]);
    expect((await post('', 'application/json', '/v1/probes/plain')).statusCode).toBe(201);
  });

  it.each<[payload: string, type: string]>([
    ['{"amount":"0"}', 'application/json'],
    ['[]', 'application/json'],
    ['"a"', 'application/json'],
    ['<a/>', 'application/xml'],
    ['{}', 'application/ld+json'],
  ])('is refused by a route that looks at none: %s as %s', async (payload, type) => {
    expect(refusal(await post(payload, type, '/v1/probes/bare'))).toEqual([400, 'REQUEST_INVALID']);
    const headers = { 'content-type': type };
    const removal = await send({ method: 'DELETE', url: '/v1/probes/1', headers, payload });
    expect(refusal(removal)).toEqual([400, 'REQUEST_INVALID']);
  });

  it.each(['', '{}', ' { } ', 'null'])('says nothing to such a route as %j', async (payload) => {
    expect((await post(payload, 'application/json', '/v1/probes/bare')).statusCode).toBe(201);
  });
});

describe('a request', () => {
  it.each(['/v1/nothing', '/nothing', '/v1/probes/%E0%A4%A', '/v1/probes/..%2f..%2fetc'])(
    'to nowhere is a problem: %s',
    async (url) => {
      const [status, code] = refusal(await send({ method: 'GET', url }));
      expect([`${status} ${code}`]).toEqual([
        expect.stringMatching(/^(404 (ROUTE_NOT_FOUND|PROBE_MISSING)|400 REQUEST_MALFORMED)$/),
      ]);
    },
  );

  it('with a method that the route has not is a problem', async () => {
    expect(refusal(await send({ method: 'PUT', url: '/v1/probes' }))).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  it('that is no HTTP is a problem', async () => {
    const answer = await raw('GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toMatchObject({ code: 'REQUEST_MALFORMED', status: 400 });
    expect(await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 .*HEADERS_TOO_LARGE/s,
    );
  });

  it('carries its id into the answer and the log, unless it could do harm there', async () => {
    const good = await send({ url: '/v1/probes/open', headers: { 'x-request-id': 'from-erp-0001' } });
    expect(good.headers['x-request-id']).toBe('from-erp-0001');
    expect(
      api.logs.some((line) => line.includes('"requestId":"from-erp-0001"') && line.includes('/v1/probes/open')),
    ).toBe(true);
    for (const bad of ['short', 'a b c d e f g h', `evil\u0001${'x'.repeat(10)}`, 'x'.repeat(65)]) {
      const response = await send({ url: '/v1/probes/open', headers: { 'x-request-id': bad } });
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
    const injected = await raw(
      'GET /v1/probes/open HTTP/1.1\r\nHost: a\r\nX-Request-Id: aaaaaaaa\r\n\tSet-Cookie: b=c\r\nConnection: close\r\n\r\n',
    );
    expect(injected).not.toMatch(/set-cookie/i);
  });

  it('leaves no secret, query or body in the log', async () => {
    await send({ url: '/v1/probes/whoami?token=query-secret', headers: { 'idempotency-key': 'k' } });
    await post('{"text":"body-secret"}');
    const logged = api.logs.join('');
    expect(logged).not.toMatch(/query-secret|body-secret/);
    expect(logged).not.toContain(authorization.slice('Bearer '.length));
  });
});

describe('an answer', () => {
  it('has headers that keep browsers out of trouble', async () => {
    const { headers } = await send({ url: '/v1/probes/open' });
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).toMatchObject({ 'strict-transport-security': 'max-age=31536000; includeSubDomains' });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('names the indexed block, refusals too', async () => {
    const { head } = api.app.get(ProbeHead, { strict: false });
    const value = `${head.number} ${head.hash}`;
    for (const url of ['/v1/probes/open', '/v1/nothing', '/health']) {
      expect((await send({ url })).headers['tradeproof-block']).toBe(value);
    }
    expect((await post('{"text":"a"}')).headers['tradeproof-block']).toBe(value);
    expect((await post('{')).headers['tradeproof-block']).toBe(value);
  });

  it('waits for the block that the client has seen', async () => {
    const probe = api.app.get(ProbeHead, { strict: false });
    const get = (block: string, prefer?: string) =>
      send({ url: '/v1/probes/open', headers: { 'tradeproof-min-block': block, ...(prefer ? { prefer } : {}) } });
    expect((await get(`7 ${probe.head.hash}`)).statusCode).toBe(200);
    const behind = await get('8');
    expect(refusal(behind)).toEqual([503, 'INDEX_BEHIND']);
    expect([behind.json(), behind.headers['retry-after']]).toEqual([
      expect.objectContaining({ facts: { block: 8, indexed: 7, retryAfterSeconds: 1 } }),
      '1',
    ]);
    const waiting = get('8', 'respond-async, wait=60');
    await new Promise((resolve) => setTimeout(resolve, 50));
    probe.head = { ...probe.head, number: 8 };
    const answer = await waiting;
    expect([answer.statusCode, answer.headers['tradeproof-block']]).toEqual([200, `8 ${probe.head.hash}`]);
    expect(refusal(await get('latest'))).toEqual([400, 'REQUEST_INVALID']);
  });

  it('is not called slow for what the client had it wait', async () => {
    const url = '/v1/probes/open';
    const seconds = async () => {
      const { body } = await api.app.inject({ url: '/metrics' });
      const sum = /^tradeproof_http_request_seconds_sum\{.*route="\/v1\/probes\/open",status="503".* (\S+)$/m.exec(
        body,
      );
      return Number(sum?.[1] ?? 0);
    };
    const [before, since] = [await seconds(), performance.now()];
    const wait = { 'tradeproof-min-block': '1000000', prefer: 'wait=1' };
    expect((await send({ url, headers: wait })).statusCode).toBe(503);
    const took = (performance.now() - since) / 1000;
    const counted = (await seconds()) - before;
    expect(counted).toBeGreaterThan(0);
    // The wait alone took a second, whatever the machine does.
    expect(counted).toBeLessThan(took - 0.9);
  });

  it('is not counted as slow while it is a stream, which lasts as long as its reader likes', async () => {
    for (const name of ['stream', 'open']) expect((await send({ url: `/v1/probes/${name}` })).statusCode).toBe(200);
    const { body } = await api.app.inject({ url: '/metrics' });
    const counted = (name: string) => body.includes(`route="/v1/probes/${name}",status="200"`);
    expect([counted('open'), counted('stream')]).toEqual([true, false]);
  });

  it('is not sent again to who has it', async () => {
    const first = await send({ url: '/v1/probes/open' });
    const tag = String(first.headers['etag']);
    const headers = { 'if-none-match': `"x", ${tag}` };
    const second = await send({ url: '/v1/probes/open', headers });
    expect([second.statusCode, second.body, second.headers['etag']]).toEqual([304, '', tag]);
    const other = await send({ url: '/v1/probes/open', headers: { 'if-none-match': '"x"' } });
    expect(other.statusCode).toBe(200);
  });

  it('gives the ids of a made resource its own look: each load is new, each tag too', async () => {
    const { id } = (await post('{"text":"tagged"}')).json<{ id: string }>();
    const [a, b] = [await send({ url: `/v1/probes/${id}` }), await send({ url: `/v1/probes/${id}` })];
    expect(a.headers['etag']).not.toBe(b.headers['etag']);
    expect(api.app.get(ProbeSwitches, { strict: false }).loads).toBeGreaterThan(1);
  });
});

describe('a write with If-Match', () => {
  const made = async () => (await post('{"text":"matched"}')).json<{ id: string }>().id;
  const write = (method: 'DELETE' | 'POST', url: string, tag: string) =>
    send({ method, url, headers: { 'if-match': tag } });

  it('is done while its resource has that tag', async () => {
    const url = `/v1/probes/${await made()}`;
    expect((await write('DELETE', url, '*')).statusCode).toBe(200);
    expect(refusal(await write('DELETE', url, 'W/"other"'))).toEqual([412, 'VERSION_STALE']);
    expect(refusal(await write('DELETE', `/v1/probes/${randomUUID()}`, '*'))).toEqual([412, 'VERSION_STALE']);
  });

  it('is refused as such where no GET tells of what it is about', async () => {
    for (const url of ['/v1/probes', '/v1/probes/bare'])
      expect(refusal(await write('POST', url, '*'))).toEqual([400, 'IF_MATCH_WITHOUT_RESOURCE']);
  });

  it('is put off where the look at its resource is', async () => {
    const switches = api.app.get(ProbeSwitches, { strict: false });
    const url = `/v1/probes/${await made()}`;
    switches.showing = () => {
      throw probeAway('for now', { retryAfterSeconds: 7 });
    };
    const answer = await write('DELETE', url, '*').finally(() => (switches.showing = () => undefined));
    expect([...refusal(answer), answer.headers['retry-after']]).toEqual([503, 'PROBE_AWAY', '7']);
  });
});

describe('the description', () => {
  it('is OpenAPI 3.1 of the routes, with what holds for all', async () => {
    const response = await api.app.inject({ url: '/openapi.json' });
    const document = response.json<{
      openapi: string;
      paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
    }>();
    expect(document.openapi).toBe('3.1.0');
    const operation = document.paths['/v1/probes']!['post']!;
    expect(operation.parameters.map(({ name }) => name)).toEqual(['label', 'Idempotency-Key', 'Prefer']);
    const removal = document.paths['/v1/probes/{id}']!['delete']!;
    expect(removal.parameters.map(({ name }) => name)).toEqual(['id', 'Idempotency-Key', 'If-Match', 'Prefer']);
    expect(JSON.stringify(operation)).toContain('"maxLength":1000000');
    expect(JSON.stringify(document.paths['/v1/api-keys'])).toContain('LENDER_DESK');
    expect(document.paths['/docs']).toBeUndefined();
  });

  it('has a page that takes nothing from elsewhere', async () => {
    const page = await api.app.inject({ url: '/docs' });
    expect(page.headers['content-type']).toContain('text/html');
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    expect(files.length).toBeGreaterThan(2);
    for (const url of files) {
      expect(url).toMatch(/^\/docs\//);
      expect((await api.app.inject({ url })).statusCode).toBe(200);
    }
    expect(refusal(await api.app.inject({ url: '/docs/package.json' }))).toEqual([404, 'ROUTE_NOT_FOUND']);
  });
});

describe('health', () => {
  it('is not ready while a part is down', async () => {
    const probe = api.app.get(ProbeHead, { strict: false });
    const { head } = probe;
    probe.head = { ...head, number: -1 };
    const ready = await api.app.inject({ url: '/ready' });
    probe.head = head;
    expect([ready.statusCode, ready.headers['retry-after']]).toEqual([503, '5']);
    expect(ready.json()).toEqual({
      status: 'not ready',
      parts: { database: { status: 'up' }, index: { status: 'down' } },
    });
  });

  it('is known to anyone', async () => {
    expect((await api.app.inject({ url: '/health' })).json()).toEqual({ status: 'ok' });
    const ready = await api.app.inject({ url: '/ready' });
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({
      status: 'ready',
      parts: { database: { status: 'up' }, index: { status: 'up' } },
    });
    const metrics = await api.app.inject({ url: '/metrics' });
    expect(metrics.body).toMatch(/tradeproof_http_request_seconds_count\{[^}]*route="\/v1\/probes"/);
    expect(metrics.body).toContain('process_resident_memory_bytes');
  });
});
