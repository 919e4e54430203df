import { mkdirSync, writeFileSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { AuditChain } from '../../node/src/audit/audit-chain.js';
import { DESK_ROLES } from '../../node/src/auth/index.js';
import { UnitOfWork } from '../../node/src/database/index.js';
import { ReadEvents } from '../../node/src/events/queries/read-events.js';
import { Inbox } from '../../node/src/exchange/storage/inbox.js';
import { Outbox } from '../../node/src/exchange/storage/outbox.js';
import type { Address } from '../../node/src/kernel/ids.js';
import { WatchStore } from '../../node/src/financing/storage/watch.store.js';
import { OutboxStore } from '../../node/src/submissions/outbox-store.js';
import { DeliveryStore } from '../../node/src/webhooks/storage/delivery.store.js';
import { startNodes, type TestNode, type TestNodes } from '../support/nodes.js';
import { fillDocuments } from './documents.js';
import { fill, FIRST_BLOCK, idOf, WAITED_FOR, WAITING_LANE } from './fill.js';
import { LISTS } from './lists.js';
import { type Bound, costOf } from './plans.js';
import { type Statement, statementsOf } from './statements.js';

const DEEP = process.env['TRADEPROOF_DEEP'] === 'true';
const ROWS = DEEP ? 1_000_000 : 16_000;
const PAGE = 50;
/** The widest list joins seven scans of a page each, and looks up something for each row. */
const BOUND: Bound = { rows: 30 * PAGE, buffers: 4_000, sorted: 8 * (PAGE + 1) };
/** Finds by a BRIN index: the last rows of a table, up to 128 pages of them, are in none of its ranges yet. */
const BY_RANGES: Bound = { ...BOUND, rows: 6_000 };
const DOCUMENTED = 100;
/** Among which there is one of each sort. */
const FEW = 5;

let nodes: TestNodes;
let core: TestNode;
let client: pg.Client;
let authorization: string;
const ids: Record<string, string> = {};
const figures: string[] = [];

beforeAll(async () => {
  // No worker: what is filled in would have it send, seal and deliver.
  nodes = await startNodes(['core'], { settings: { roles: ['api', 'indexer'] } });
  core = nodes.of('core');
  authorization = `Bearer ${(await core.clientWith(...DESK_ROLES)).member.apiKey}`;
  await core.client.post('/v1/webhooks', { url: 'https://erp.example/hook' });
  client = new pg.Client({ connectionString: core.databaseUrl });
  await client.connect();
  await fill(client, ROWS);
  await fillDocuments(core, client, ROWS, DOCUMENTED);
  const { rows } = await client.query<Record<string, Buffer>>(
    `SELECT ${['order', 'receivable', 'grant'].map((kind) => `${idOf(kind, '60')} AS "${kind}"`).join(', ')},
       ${idOf('order', '1')} AS framework, ${idOf('financing', String(ROWS / 2))} AS "middleFinancing", ${idOf('grant', String(ROWS / 2))} AS "middleGrant"`,
  );
  for (const [name, id] of Object.entries(rows[0]!)) ids[name] = `0x${id.toString('hex')}`;
  ids['bareOrder'] = ids['order']!.slice(2);
  ids['webhook'] = (await client.query<{ id: string }>('SELECT id FROM webhooks')).rows[0]!.id;
}, 900_000);

afterAll(async () => {
  if (DEEP) {
    mkdirSync('reports', { recursive: true });
    writeFileSync('reports/reads.txt', figures.join('\n'));
  }
  await client.end();
  await nodes.stop();
});

const named = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => ids[name]!);

/** Statements that a GET sends, and its answer. */
async function get(path: string): Promise<{ statements: Statement[]; body: { items: { id: string }[] } }> {
  let body = { items: [] as { id: string }[] };
  const statements = await statementsOf(async () => {
    const answer = await core.app.inject({ method: 'GET', url: named(path), headers: { authorization } });
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
    body = answer.json();
  });
  return { statements, body };
}

/** What is wrong with how these are run, with their texts. */
async function faultsOf(what: string, statements: readonly Statement[], bound = BOUND): Promise<string[]> {
  const faults: string[] = [];
  let [rows, buffers, ms] = [0, 0, 0];
  for (const statement of statements) {
    const cost = await costOf(client, statement, bound);
    if (!cost) continue;
    [rows, buffers, ms] = [rows + cost.rows, buffers + cost.buffers, ms + cost.ms];
    if (cost.faults.length > 0) faults.push(...cost.faults, statement.text);
  }
  figures.push(`${what}\t${Math.round(rows)}\t${buffers}\t${ms.toFixed(2)}`);
  return faults;
}

describe.each(LISTS)('$path', ({ path, filters, deep }) => {
  const pages = ['', ...filters].flatMap((filter) => [[filter, 'first'], ...(deep ? [[filter, 'far down']] : [])]);

  it.each(pages)('reads what a page needs and no more: %s %s', async (filter, page) => {
    const key = page === 'first' ? undefined : JSON.stringify(deep!(ROWS, ids));
    const cursor = key === undefined ? [] : [`cursor=${Buffer.from(key).toString('base64url')}`];
    const { statements } = await get(`${path}?${[`limit=${PAGE}`, filter, ...cursor].filter(Boolean).join('&')}`);
    expect(statements).not.toHaveLength(0);
    expect(await faultsOf(`${path} ${filter} ${page}`, statements)).toEqual([]);
  });
});

const of = <T>(type: Type<T>): T => core.app.get(type, { strict: false });
const lane = WAITING_LANE as Address;
const middle = { block: FIRST_BLOCK + ROWS / 40, logIndex: 0, rewind: 0, epoch: 0, tx: 50, news: 0 };

/** What the workers ask again and again, beside all that is done. */
const PICKERS: readonly { readonly what: string; readonly ask: () => Promise<unknown>; readonly bound?: Bound }[] = [
  { what: 'events after a place', ask: () => of(ReadEvents).after(middle, PAGE) },
  { what: 'the end of the events', ask: () => of(ReadEvents).end() },
  { what: 'lanes with something to send', ask: () => of(OutboxStore).openLanes() },
  { what: 'lanes after a block', ask: () => of(OutboxStore).lanesAfter(FIRST_BLOCK + ROWS / 20 - 2) },
  { what: 'what waits in a lane', ask: () => of(OutboxStore).queued(lane, PAGE) },
  { what: 'what is in flight', ask: () => of(OutboxStore).inFlight(lane) },
  { what: 'how much is in flight', ask: () => of(OutboxStore).countInFlight(lane) },
  {
    what: 'what has an end',
    ask: () => of(OutboxStore).settledBelow(`0x${'00'.repeat(20)}` as Address, ROWS / 2, PAGE),
  },
  { what: 'envelopes to send', ask: () => of(Outbox).claim(WAITED_FOR, PAGE) },
  {
    what: 'envelopes whose submission is included, and who is waited for',
    ask: () => of(Outbox).release(1, [1, 2, 3, 4]),
  },
  { what: 'envelopes received that are old', ask: () => of(Inbox).forget(1, PAGE), bound: BY_RANGES },
  { what: 'webhook deliveries', ask: () => of(DeliveryStore).pending(ids['webhook']!, PAGE) },
  { what: 'old webhook deliveries', ask: () => of(DeliveryStore).expire(PAGE), bound: BY_RANGES },
  { what: 'financings that a block touched', ask: () => of(WatchStore).touchedAbove(FIRST_BLOCK + ROWS / 20 - 2) },
  { what: 'what is to be sealed', ask: () => of(AuditChain).seal() },
];

it.each(PICKERS)('finds by an index $what', async ({ what, ask, bound }) => {
  const undone = new Error('undone, so that it is there to be found again');
  const statements = await statementsOf(() =>
    of(UnitOfWork)
      .run(async () => {
        await ask();
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      }),
  );
  expect(statements).not.toHaveLength(0);
  expect(await faultsOf(what, statements, bound)).toEqual([]);
});

describe('asks as often for a hundred as for a few', () => {
  it.each(LISTS.filter(({ path }) => !path.includes('{')))('$path', async ({ path }) => {
    await get(`${path}?limit=1`);
    const few = await get(`${path}?limit=${FEW}`);
    const many = await get(`${path}?limit=${DOCUMENTED}`);
    expect(many.body.items.length).toBeGreaterThan(path.endsWith('set-aside') ? 1 : FEW);
    expect(asked(many.statements)).toBeLessThanOrEqual(most(asked(few.statements)));
  });

  /** Whose key it is, is asked once in a while, whatever the list. */
  const asked = (statements: readonly Statement[]): number =>
    statements.filter(({ text }) => !text.includes('auth_api_keys')).length;

  // Lookups of one item that meet by chance go out as one: how many do may differ, but never with the number of items.
  const most = (statements: number): number => (statements > 8 ? 2 * statements : statements);
});

it('gives whole pages, in order, down to the last', async () => {
  const { rows } = await client.query<{ id: string }>(
    `SELECT '0x' || encode(id, 'hex') AS id FROM (
       SELECT id, posted_block, posted_log, posted_position FROM chain_orders WHERE 1 IN (buyer, supplier) AND status = 'ACCEPTED'
       UNION ALL SELECT id, posted_block, posted_log, posted_position FROM batch_orders WHERE status = 'ACCEPTED') o
     ORDER BY posted_block DESC, posted_log DESC, posted_position DESC LIMIT 1000`,
  );
  const seen: string[] = [];
  for (let cursor = ''; seen.length < 1_000;) {
    const { body } = await get(`/v1/orders?limit=200&status=ACCEPTED${cursor}`);
    seen.push(...body.items.map(({ id }) => id));
    cursor = `&cursor=${(body as unknown as { nextCursor: string }).nextCursor}`;
  }
  expect(seen).toEqual(rows.map(({ id }) => id));
});
