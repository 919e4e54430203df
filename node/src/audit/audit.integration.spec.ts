import type { LightMyRequestResponse } from 'fastify';
import pg from 'pg';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';
import { UnitOfWork } from '../database/index.js';
import { AuditChain } from './audit-chain.js';
import type { LogVerdict, RowLimit } from './hash-chain.js';
import { Audit } from './audit.js';
import { LookChain, LookLog, UnreportedLooks } from './index.js';

interface Entry {
  actor: string;
  action: string;
  object: string | null;
  outcome: string;
  requestId: string;
  position: number | null;
  hash: string | null;
}

let api: TestApi;
let auditor: string;
let desk: string;
let client: pg.Client;

beforeEach(async () => {
  api = await testApi([ProbeRoom]);
  auditor = await api.bearer('AUDITOR');
  desk = await api.bearer('ORDER_DESK');
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await api.stop();
});

const write = (url: string) =>
  api.app.inject({
    method: 'POST',
    url,
    headers: { authorization: desk, 'x-request-id': 'request-0001' },
    payload: { text: 'a' },
  }) as Promise<LightMyRequestResponse>;

const read = async <T>(url: string): Promise<T> =>
  (await api.app.inject({ url, headers: { authorization: auditor } })).json();

it('has a line for each write and each refusal by rule, none for what was undone', async () => {
  const made = (await write('/v1/probes')).json<{ id: string }>();
  await write('/v1/probes/refused');
  await write('/v1/probes/failing');
  const { items } = await read<{ items: Entry[] }>('/v1/audit-log');
  const actor = `key:${desk.split('_')[1]}`;
  expect(items.map(({ action, object, outcome }) => [action, object, outcome])).toEqual([
    ['POST /v1/probes/refused', null, 'PROBE_REFUSED'],
    ['POST /v1/probes', made.id, 'ok'],
  ]);
  expect(items.every((entry) => entry.actor === actor && entry.requestId === 'request-0001')).toBe(true);
});

it('is read in pages and by filter', async () => {
  for (let n = 0; n < 5; n++) await write('/v1/probes/plain');
  await write('/v1/probes/refused');
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Entry[]; nextCursor: string | null } = await read(
      `/v1/audit-log?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map((entry) => entry.action));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(['POST /v1/probes/refused', ...Array<string>(5).fill('POST /v1/probes/plain')]);
  const refused = await read<{ items: Entry[] }>(
    `/v1/audit-log?action=${encodeURIComponent('POST /v1/probes/refused')}`,
  );
  expect(refused.items).toHaveLength(1);
  expect(await read('/v1/audit-log?cursor=bm9uc2Vuc2U')).toMatchObject({ code: 'CURSOR_INVALID' });
  expect(await read('/v1/audit-log?limit=0')).toMatchObject({ code: 'REQUEST_INVALID' });
});

it('is chained: a row that was changed, removed or put in is found', async () => {
  for (let n = 0; n < 4; n++) await write('/v1/probes/plain');
  const sound = await read<LogVerdict>('/v1/audit-log/verification');
  expect(sound).toMatchObject({ intact: true, position: 4, brokenAt: null });
  await expect(client.query(`UPDATE audit_log SET outcome = 'x' WHERE position = 2`)).rejects.toThrow('append-only');
  await expect(client.query(`UPDATE audit_log SET hash = hash WHERE position = 2`)).rejects.toThrow('append-only');
  // Sealing changes nothing else of a row, of no type and to no null. The row is never there for the node to seal.
  for (const change of [`outcome = 'x'`, `at = at + interval '1 ms'`, `object = ''`]) {
    await client.query(`BEGIN; INSERT INTO audit_log (actor, action, outcome) VALUES ('a', 'b', 'c')`);
    await expect(
      client.query(`UPDATE audit_log SET position = 5, hash = sha256(''), ${change} WHERE position IS NULL`),
    ).rejects.toThrow('append-only');
    await client.query('ROLLBACK');
  }
  await expect(client.query(`DELETE FROM audit_log WHERE position = 2`)).rejects.toThrow('append-only');
  await expect(client.query(`TRUNCATE audit_log`)).rejects.toThrow('append-only');
  // Someone who owns the database can switch the guard off; the hashes tell.
  const tamper = async (sql: string) => {
    await client.query(`BEGIN; ALTER TABLE audit_log DISABLE TRIGGER USER; ${sql}`);
    const chain = api.app.get(AuditChain, { strict: false });
    await client.query('COMMIT');
    const verdict = await chain.verify();
    expect(verdict.intact).toBe(false);
    return verdict.brokenAt;
  };
  expect(await tamper(`UPDATE audit_log SET actor = 'someone' WHERE position = 3`)).toBe(3);
  expect(await tamper(`DELETE FROM audit_log WHERE position = 2`)).toBe(2);
});

it('is chained by one process at a time, each row once', async () => {
  const audit = api.app.get(Audit, { strict: false });
  const chain = api.app.get(AuditChain, { strict: false });
  const unit = api.app.get(UnitOfWork, { strict: false });
  const writers = Array.from({ length: 20 }, (_, n) =>
    unit.run(() => audit.record({ actor: 'node', action: 'test', object: String(n), outcome: 'ok' })),
  );
  await Promise.all([...writers, ...Array.from({ length: 4 }, () => chain.seal())]);
  expect(await chain.verify()).toMatchObject({ intact: true, position: 20 });
});

it('is told newest first and chained oldest first, past ten, a page at a time', async () => {
  const audit = api.app.get(Audit, { strict: false });
  const unit = api.app.get(UnitOfWork, { strict: false });
  for (let n = 1; n <= 12; n++) {
    await unit.run(() => audit.record({ actor: 'node', action: 'test', object: String(n), outcome: 'ok' }));
  }
  await api.app.get(AuditChain, { strict: false }).seal();
  const seen: Entry[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const url: string = `/v1/audit-log?limit=5${cursor && `&cursor=${cursor}`}`;
    const page: { items: Entry[]; nextCursor: string | null } = await read(url);
    seen.push(...page.items);
    cursor = page.nextCursor;
  }
  const newestFirst = Array.from({ length: 12 }, (_, i) => 12 - i);
  expect(seen.map(({ object }) => Number(object))).toEqual(newestFirst);
  expect(seen.map(({ position }) => position)).toEqual(newestFirst);
});

it('reads no more rows at once than so many or so large, and one at least', async () => {
  const object = `0x${'0a'.repeat(32)}` as const;
  const who = { viewer: 'bank', reader: null, block: 1, seenAt: null, envelope: null, requestId: null };
  const path = `/${'n'.repeat(6 * 1024 * 1024)}`;
  const look = { object, root: object, grant: null, purpose: 'AUDIT', outcome: 'SHOWN', fields: [path], ...who };
  for (let n = 0; n < 4; n++) await api.app.get(LookLog).add([look]);
  const chain = api.app.get(LookChain);
  // More than is sealed or verified in one go.
  const { position, intact } = await chain.verify();
  expect(intact).toBe(true);
  const taken = async (limit: RowLimit) => (await chain.rowsAfter(position - 4, limit)).map((row) => row.position);
  const last = [3, 2, 1, 0].map((before) => position - before);
  expect(await taken({ rows: 9, bytes: path.length })).toEqual(last.slice(0, 1));
  expect(await taken({ rows: 9, bytes: 2 * path.length })).toEqual(last.slice(0, 2));
  expect(await taken({ rows: 3, bytes: 9 * path.length })).toEqual(last.slice(0, 3));
});

it('seals what is there, and does not wait for an end of what is being written', async () => {
  const audit = api.app.get(Audit, { strict: false });
  const write = () => audit.record({ actor: 'node', action: 'test', outcome: 'ok' });
  await write();
  let isOver = false;
  const writing = (async () => {
    while (!isOver) await write();
  })();
  await api.app.get(AuditChain, { strict: false }).seal();
  isOver = true;
  await writing;
});

it('gives looks to be told of oldest first, no more at once than so many or so large', async () => {
  const grant = `0x${'0a'.repeat(32)}` as const;
  const who = { viewer: 'bank', reader: null, seenAt: null, envelope: null, requestId: null };
  const look = (block: number, length: number) => ({
    ...{ object: grant, root: grant, grant, purpose: 'AUDIT', outcome: 'SHOWN', block, ...who },
    fields: [`/${'n'.repeat(length)}`],
  });
  const log = api.app.get(LookLog);
  for (const [block, length] of [10, 10, 5000, 10, 10, 10, 10, 10].entries()) await log.add([look(block, length)]);
  const unreported = api.app.get(UnreportedLooks);
  const last = (await unreported.last())!;
  await log.add([look(8, 10)]);
  const take = async (upTo = last) => {
    const taken = await api.app.get(UnitOfWork).run(() => unreported.take({ looks: 4, bytes: 1000 }, upTo));
    return taken.map(({ block }) => block);
  };
  expect([await take(), await take(), await take(), await take()]).toEqual([[0, 1, 2], [3, 4, 5, 6], [7], []]);
  expect(await take((await unreported.last())!)).toEqual([8]);
  expect(await unreported.last()).toBeUndefined();
});
