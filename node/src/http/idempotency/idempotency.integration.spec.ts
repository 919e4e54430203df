import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import type { LightMyRequestResponse } from 'fastify';
import type pg from 'pg';
import { openPool, UnitOfWork } from '../../database/index.js';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { ProbeRoom, ProbeSubmissions, ProbeSwitches } from '../../../../test/support/probe-room.js';
import { LookLog, noteLook } from '../../audit/index.js';
import { Config } from '../../config/index.js';
import type { Hex } from '../../kernel/hex.js';
import { IdempotencyStore } from './store.js';

let api: TestApi;
let bearer: string;
let pool: pg.Pool;

beforeAll(async () => {
  api = await testApi([ProbeRoom]);
  bearer = await api.bearer('ORDER_DESK');
  pool = openPool({ connectionString: api.databaseUrl, max: 4 });
});

afterAll(async () => {
  await pool.end();
  await api.stop();
});

interface Post {
  url?: string;
  key?: string;
  body?: unknown;
  prefer?: string;
  as?: string;
}

async function post({
  url = '/v1/probes',
  key,
  body = { text: 'a' },
  prefer,
  as = bearer,
}: Post): Promise<LightMyRequestResponse> {
  return api.app.inject({
    method: 'POST',
    url,
    headers: {
      authorization: as,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
      ...(prefer ? { prefer } : {}),
    },
    payload: JSON.stringify(body),
  });
}

async function countOf(text: string): Promise<number> {
  const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM probes WHERE text = $1', [text]);
  return Number(rows[0]!.n);
}

const code = (response: LightMyRequestResponse) => response.json<{ code: string }>().code;

describe('a final answer', () => {
  it('is replayed byte for byte, and the command runs once', async () => {
    const key = randomUUID();
    const first = await post({ key, body: { text: `once ${key}` } });
    const second = await post({ key, body: { text: `once ${key}` } });
    expect(first.statusCode).toBe(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.statusCode).toBe(201);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(await countOf(`once ${key}`)).toBe(1);
  });

  it('may be a refusal, whose rows are undone', async () => {
    const key = randomUUID();
    const before = await countOf('undone');
    const first = await post({ key, url: '/v1/probes/refused' });
    const second = await post({ key, url: '/v1/probes/refused' });
    expect([first.statusCode, code(first), first.headers['content-type']]).toEqual([
      409,
      'PROBE_REFUSED',
      'application/problem+json',
    ]);
    expect(first.json()).toMatchObject({ rule: '6', facts: { probe: 'this' }, status: 409 });
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.rawPayload.equals(first.rawPayload)).toBe(true);
    expect(await countOf('undone')).toBe(before);
  });

  it('is no refusal for what has not arrived yet: the key stays free, the audit log has it', async () => {
    const key = randomUUID();
    const audited = async () => {
      const { rows } = await pool.query<{ n: string }>(
        "SELECT count(*) AS n FROM audit_log WHERE outcome = 'PROBE_NOT_HERE'",
      );
      return Number(rows[0]!.n);
    };
    const before = await audited();
    const first = await post({ key, url: '/v1/probes/arriving' });
    expect([first.statusCode, code(first), await audited()]).toEqual([409, 'PROBE_NOT_HERE', before + 1]);
    api.app.get(ProbeSwitches).arrived = true;
    const second = await post({ key, url: '/v1/probes/arriving' });
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([201, undefined]);
    const third = await post({ key, url: '/v1/probes/arriving' });
    expect([third.rawPayload.equals(second.rawPayload), third.headers['idempotency-replayed']]).toEqual([true, 'true']);
  });

  it('lies encrypted in the table, bound to its row', async () => {
    const [key, other] = [randomUUID(), randomUUID()];
    const text = 'the price is 107.50';
    await post({ key, body: { text } });
    await post({ key: other, body: { text } });
    const { rows } = await pool.query<{ row: string; body: Buffer }>(
      'SELECT i::text AS row, body FROM http_idempotency i WHERE key = $1',
      [key],
    );
    expect(rows[0]!.row + rows[0]!.body.toString('latin1')).not.toContain('107.50');
    await pool.query('UPDATE http_idempotency SET body = $2 WHERE key = $1', [other, rows[0]!.body]);
    expect((await post({ key: other, body: { text } })).statusCode).toBe(500);
    expect((await post({ key, body: { text } })).json()).toMatchObject({ text });
  });

  it('survives a restart', async () => {
    const key = randomUUID();
    const first = await post({ key });
    const { keysFile } = api.app.get(Config);
    const other = await testApi([ProbeRoom], { databaseUrl: api.databaseUrl, keysFile, embedded: true });
    const headers = { authorization: bearer, 'content-type': 'application/json', 'idempotency-key': key };
    const second = await other.app.inject({ method: 'POST', url: '/v1/probes', headers, payload: '{"text":"a"}' });
    await other.stop();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.body).toBe(first.body);
  });
});

describe('a key', () => {
  it.each(['/v1/probes', '/v1/probes/submitted'])('is not kept without what it shows: %s', async (url) => {
    const [key, outcome] = [randomUUID(), `shown ${randomUUID()}`];
    const switches = api.app.get(ProbeSwitches, { strict: false });
    const submissions = api.app.get(ProbeSubmissions, { strict: false });
    const nothing = switches.showing;
    switches.showing = () => {
      noteLook({ object: `0x${'ab'.repeat(32)}`, root: null, fields: ['/text'], grant: null, purpose: null, outcome });
    };
    const waiting = jest.spyOn(submissions, 'waitFor').mockResolvedValue({ status: 'INCLUDED', settled: true });
    // As if the process died before it.
    const adding = jest.spyOn(api.app.get(LookLog, { strict: false }), 'add').mockRejectedValue(new Error('died'));
    try {
      expect((await post({ url, key, prefer: 'wait=1' })).statusCode).toBe(500);
      adding.mockRestore();
      expect((await post({ url, key, prefer: 'wait=1' })).statusCode).toBe(201);
    } finally {
      switches.showing = nothing;
      waiting.mockRestore();
      adding.mockRestore();
    }
    const { rows } = await pool.query('SELECT FROM access_log WHERE outcome = $1', [outcome]);
    expect(rows).toHaveLength(1);
  });

  it('is refused with another body, query or media type', async () => {
    const key = randomUUID();
    await post({ key });
    expect(code(await post({ key, body: { text: 'b' } }))).toBe('IDEMPOTENCY_KEY_REUSED');
    const query = await post({ key, url: '/v1/probes?label=x' });
    expect([query.statusCode, code(query)]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('is scoped to its credential and route', async () => {
    const key = randomUUID();
    const first = await post({ key });
    const other = await post({ key, as: await api.bearer('ORDER_DESK') });
    expect([other.statusCode, other.json<{ id: string }>().id === first.json<{ id: string }>().id]).toEqual([
      201,
      false,
    ]);
    expect((await post({ key, url: '/v1/probes/submitted' })).statusCode).toBe(202);
  });

  it.each(['', ' ', 'with space', 'ü', 'a'.repeat(256)])('of a bad form is refused: %p', async (key) => {
    const response = await api.app.inject({
      method: 'POST',
      url: '/v1/probes',
      headers: { authorization: bearer, 'content-type': 'application/json', 'idempotency-key': key },
      payload: '{"text":"a"}',
    });
    expect([response.statusCode, code(response)]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID']);
  });

  it('works once for 64 that come at once', async () => {
    const key = randomUUID();
    const text = `raced ${key}`;
    const answers = await Promise.all(Array.from({ length: 64 }, () => post({ key, body: { text } })));
    const made = answers.filter((answer) => answer.statusCode === 201);
    const bodies = new Set(made.map((answer) => answer.body));
    const others = answers.filter((answer) => answer.statusCode !== 201);
    expect(bodies.size).toBe(1);
    expect(made.filter((answer) => !answer.headers['idempotency-replayed'])).toHaveLength(1);
    for (const other of others) expect([other.statusCode, code(other)]).toEqual([409, 'IDEMPOTENCY_KEY_IN_USE']);
    expect(await countOf(text)).toBe(1);
  });

  it('is in use while its request is taken in', async () => {
    const key = randomUUID();
    const switches = api.app.get(ProbeSwitches, { strict: false });
    let entered = () => {};
    let resume = () => {};
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const release = new Promise<void>((resolve) => (resume = resolve));
    switches.pause = () => (entered(), release);
    const first = post({ key });
    await inside;
    const second = await post({ key });
    resume();
    switches.pause = () => Promise.resolve();
    expect([second.statusCode, code(second), second.headers['retry-after']]).toEqual([
      409,
      'IDEMPOTENCY_KEY_IN_USE',
      '1',
    ]);
    expect((await first).statusCode).toBe(201);
  });

  it('is free again after a failure of ours, which says nothing of its cause', async () => {
    const key = randomUUID();
    const first = await post({ key, url: '/v1/probes/failing' });
    expect(first.statusCode).toBe(500);
    expect(Object.keys(first.json<object>()).sort()).toEqual([
      'code',
      'detail',
      'requestId',
      'status',
      'title',
      'type',
    ]);
    expect(first.body).not.toMatch(/secret|int4|SELECT|Error:|\.ts/);
    expect(api.logs.join('')).not.toContain('secret value');
    const second = await post({ key, url: '/v1/probes/failing' });
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([500, undefined]);
  });

  it('is free again after a malformed request', async () => {
    const key = randomUUID();
    expect((await post({ key, body: { text: 1 } })).statusCode).toBe(400);
    expect((await post({ key })).statusCode).toBe(201);
  });

  it('is free again when the process dies before the commit: all of it is undone', async () => {
    const key = randomUUID();
    const text = `killed ${key}`;
    const switches = api.app.get(ProbeSwitches, { strict: false });
    // The server ends the connection in the middle of the unit, as it does when the process is killed.
    switches.pause = () =>
      pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE application_name = 'tradeproof-test' AND state = 'idle in transaction' AND datname = current_database()`);
    const first = await post({ key, body: { text } });
    switches.pause = () => Promise.resolve();
    expect([first.statusCode, code(first)]).toEqual([503, 'DATABASE_UNAVAILABLE']);
    expect(await countOf(text)).toBe(0);
    const second = await post({ key, body: { text } });
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect(await countOf(text)).toBe(1);
  });
});

describe('a wait for the chain', () => {
  const applied = async (options: Parameters<typeof post>[0]) => {
    const { statusCode, headers } = await post({ key: randomUUID(), prefer: 'wait=1', ...options });
    return [statusCode, headers['preference-applied']];
  };

  it('is told where there was one, though in vain', async () => {
    expect(await applied({ url: '/v1/probes/submitted' })).toEqual([202, 'wait=1']);
  });

  it('is not told of what has nothing to wait for: a command of this node alone, a refusal, a kept answer', async () => {
    const kept = { key: randomUUID() };
    expect(await applied(kept)).toEqual([201, undefined]);
    expect(await applied(kept)).toEqual([201, undefined]);
    expect(await applied({ url: '/v1/probes/refused' })).toEqual([409, undefined]);
    expect(await applied({ url: '/v1/probes/submitted', prefer: 'wait=0' })).toEqual([202, undefined]);
  });
});

describe('a 202', () => {
  const submit = (key: string, prefer?: string) =>
    post({ key, url: '/v1/probes/submitted', prefer, body: { text: key } });
  interface Pending {
    id: string;
    submission: { id: string; status: string };
  }

  it('is joined by repeats until the chain has decided, then answered by the resource, for good', async () => {
    const key = randomUUID();
    const submissions = api.app.get(ProbeSubmissions, { strict: false });
    const first = await submit(key);
    const { id, submission } = first.json<Pending>();
    expect([first.statusCode, first.headers.location]).toEqual([202, `/v1/submissions/${submission.id}`]);
    submissions.outcomes.set(submission.id, { status: 'SENT', settled: false });
    const second = await submit(key);
    expect([second.statusCode, second.headers['idempotency-replayed']]).toEqual([202, undefined]);
    expect(second.json()).toEqual({ id, submission: { id: submission.id, status: 'SENT' } });
    const waiting = Array.from({ length: 8 }, () => submit(key, 'wait=20'));
    while (submissions.waiters < waiting.length) await new Promise((resolve) => setTimeout(resolve, 5));
    submissions.settle(submission.id, { status: 'INCLUDED' });
    const joined = await Promise.all(waiting);
    const last = await submit(key);
    expect(new Set([...joined, last].map((answer) => `${answer.statusCode} ${answer.body}`)).size).toBe(1);
    expect([last.statusCode, last.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(last.json()).toMatchObject({ id, text: key });
    expect(joined[0]!.headers['preference-applied']).toBe('wait=20');
    expect(await countOf(key)).toBe(1);
  });

  it('stays one when the chain takes back what it made before that is read', async () => {
    const key = randomUUID();
    const { id, submission } = (await submit(key)).json<Pending>();
    const { rows } = await pool.query<{ text: string }>('DELETE FROM probes WHERE id = $1 RETURNING text', [id]);
    api.app.get(ProbeSubmissions, { strict: false }).settle(submission.id, { status: 'INCLUDED' });
    const lost = await submit(key, 'wait=1');
    expect([lost.statusCode, lost.json()]).toEqual([202, { id, submission: { id: submission.id, status: 'SENT' } }]);
    await pool.query('INSERT INTO probes (id, text) VALUES ($1, $2)', [id, rows[0]!.text]);
    const back = await submit(key, 'wait=1');
    expect([back.statusCode, back.json()]).toMatchObject([201, { id, text: key }]);
  });

  it('becomes the problem of its refusal, for good', async () => {
    const key = randomUUID();
    const { submission } = (await submit(key)).json<Pending>();
    const problem = { code: 'PROBE_REFUSED', detail: 'said the chain', facts: { status: 3 } };
    api.app.get(ProbeSubmissions, { strict: false }).settle(submission.id, { status: 'REFUSED', problem });
    const [second, third] = [await submit(key), await submit(key)];
    expect(second.json()).toMatchObject({ code: 'PROBE_REFUSED', detail: 'said the chain', status: 409, rule: '6' });
    expect([third.body, third.headers['idempotency-replayed']]).toEqual([second.body, 'true']);
  });

  it('is answered by the resource when the wait is long enough, and by 202 when it is not', async () => {
    const response = await submit(randomUUID(), 'wait=1');
    expect(response.statusCode).toBe(202);
    const submissions = api.app.get(ProbeSubmissions, { strict: false });
    const { waitFor } = submissions;
    submissions.waitFor = () => Promise.resolve({ status: 'INCLUDED', settled: true });
    const quick = await submit(randomUUID(), 'wait=1');
    submissions.waitFor = waitFor;
    expect(quick.statusCode).toBe(201);
  });
});

describe('an answer about what is forgotten while its command runs', () => {
  const anId = (): Hex => `0x${randomUUID().replaceAll('-', '').repeat(2)}`;
  const store = () => api.app.get(IdempotencyStore, { strict: false });
  const unitOfWork = () => api.app.get(UnitOfWork, { strict: false });
  const forget = (id: Hex) => unitOfWork().run(() => store().forget([id]));
  const switches = () => api.app.get(ProbeSwitches, { strict: false });
  afterEach(() => (switches().pause = () => Promise.resolve()));

  /** A request that pauses for what is done meanwhile, and its repeat. */
  async function twice(id: Hex, meanwhile: () => Promise<unknown>) {
    const request = { key: randomUUID(), body: { text: `about ${id}` } };
    switches().pause = meanwhile;
    const first = await post(request);
    return [first.statusCode, await post(request)] as const;
  }

  /** Outside of the unit of who asks. */
  const elsewhere = new AsyncResource('elsewhere');

  it('is not kept', async () => {
    const id = anId();
    const [status, repeat] = await twice(id, () => elsewhere.runInAsyncScope(() => forget(id)));
    expect([status, repeat.statusCode, code(repeat)]).toEqual([201, 410, 'IDEMPOTENCY_ANSWER_GONE']);
  });

  it('is not kept by who comes to it before that is committed', async () => {
    const id = anId();
    const forgot = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const forgetting = unitOfWork().run(async () => {
      await store().forget([id]);
      forgot.resolve();
      await commit.promise;
    });
    await forgot.promise;
    const answers = twice(id, () => Promise.resolve());
    const waits = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'http_forgotten'::regclass`;
    while ((await pool.query(waits)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    commit.resolve();
    await forgetting;
    const [status, repeat] = await answers;
    expect([status, repeat.statusCode, code(repeat)]).toEqual([201, 410, 'IDEMPOTENCY_ANSWER_GONE']);
  });

  it('is not kept when the chain has decided after that', async () => {
    const id = anId();
    const submit = { url: '/v1/probes/submitted', key: randomUUID(), body: { text: `about ${id}` }, prefer: 'wait=1' };
    const { submission } = (await post({ ...submit, prefer: 'wait=0' })).json<{ submission: { id: string } }>();
    await forget(id);
    api.app.get(ProbeSubmissions, { strict: false }).settle(submission.id, { status: 'INCLUDED' });
    const [last, repeat] = [await post(submit), await post(submit)];
    expect([code(last), code(repeat)]).toEqual(['IDEMPOTENCY_ANSWER_GONE', 'IDEMPOTENCY_ANSWER_GONE']);
  });

  it('is kept when it says that it forgot it, and when that was long ago', async () => {
    const [id, former] = [anId(), anId()];
    const [, own] = await twice(id, () => store().forget([id]));
    await forget(former);
    await pool.query(`UPDATE http_forgotten SET at = at - interval '11 minutes'`);
    const [, later] = await twice(former, () => Promise.resolve());
    expect([own.statusCode, later.statusCode]).toEqual([201, 201]);
    await pool.query(`UPDATE http_forgotten SET at = at - interval '11 minutes'`);
    await store().expire(1);
    expect((await pool.query('SELECT FROM http_forgotten')).rowCount).toBe(0);
  });
});

it('forgets keys after 30 days', async () => {
  const key = randomUUID();
  await post({ key });
  const store = api.app.get(IdempotencyStore, { strict: false });
  expect(await store.expire(1000)).toBe(0);
  await pool.query(`UPDATE http_idempotency SET created_at = now() - interval '30 days 1 minute' WHERE key = $1`, [
    key,
  ]);
  expect(await store.expire(1000)).toBe(1);
  expect((await post({ key })).headers['idempotency-replayed']).toBeUndefined();
});
