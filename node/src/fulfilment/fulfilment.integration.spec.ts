import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { Exchange } from '../exchange/index.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import { newNumber, orderXml, SELLER } from '../orders/testing/documents.js';
import { isCompleteLog } from './domain/fulfilment-log.js';
import { kindNumber, type MilestoneKind } from './domain/milestone-kinds.js';
import { ENTRIES_AN_AUTHOR } from './domain/require-record.js';
import { despatchXml, eventDocument, linesDocument, receiptXml } from './testing/documents.js';

const UNKNOWN = `0x${'12'.repeat(32)}`;

let nodes: TestNodes;
let core: MemberClient;
let supplier: MemberClient;
let carrier: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'carrier']);
  [core, supplier, carrier] = ['core', 'supplier-1', 'carrier'].map((name) => nodes.of(name).client) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
});

afterAll(() => nodes?.stop());

interface Accepted {
  readonly id: string;
  readonly number: string;
  readonly path: string;
}

async function accepted(): Promise<Accepted> {
  const number = newNumber();
  const posted = await core.postXml('/v1/orders?supplier=supplier-1', orderXml(number));
  const id = String(posted.body['id']);
  const accepting = await eventually(
    () => supplier.post(`/v1/orders/${id}/acceptance`),
    ({ status }) => status === 201,
  );
  await Promise.all([core, carrier].map((by) => by.get(`/v1/registry/orders/${id}`, accepting.block)));
  return { id, number, path: `/v1/orders/${id}/milestones` };
}

const items = ({ body }: Answer) => body['items'] as Json[];
/** The log as a node has it, once it has indexed what `after` answered. */
const log = async (by: MemberClient, { path }: Accepted, after: Answer) => items(await by.get(path, after.block));
/** The log once the documents behind all of its entries are there. */
const documented = async (by: MemberClient, { path }: Accepted) =>
  items(
    await eventually(
      () => by.get(path),
      (answer) => items(answer).every(({ document }) => document !== null),
    ),
  );

describe('a fulfilment log', () => {
  it('tells who did what, and reaches both sides', async () => {
    const order = await accepted();
    const despatched = await supplier.postXml(`${order.path}?kind=DESPATCHED`, despatchXml(order.number));
    expect(despatched).toMatchObject({ status: 201, body: { status: 'RECORDED', kind: 'DESPATCHED', index: 0 } });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const appointment = { member: 'carrier', kinds: ['IN_TRANSIT', 'DELIVERED'], until };
    const appointed = await supplier.post(`/v1/orders/${order.id}/participants`, appointment);
    expect(appointed.body['participants']).toMatchObject([{ member: 'carrier', appointedBy: 'supplier-1' }]);
    await carrier.get(`/v1/orders/${order.id}`, appointed.block);
    const delivered = await carrier.post(order.path, { kind: 'DELIVERED' });
    expect(delivered).toMatchObject({ status: 201, body: { author: 'carrier', document: { kind: 'EVENT' } } });
    await core.get(order.path, delivered.block);
    const received = await core.postXml(order.path, receiptXml(order.number, '100', '10'));
    expect(received).toMatchObject({ status: 201, body: { kind: 'RECEIVED', index: 2 } });

    for (const by of [core, supplier]) {
      await by.get(order.path, received.block);
      expect((await documented(by, order)).map(({ kind, author }) => [kind, author])).toEqual([
        ['DESPATCHED', 'supplier-1'],
        ['DELIVERED', 'carrier'],
        ['RECEIVED', 'core'],
      ]);
    }
    const seen = await carrier.get(`/v1/orders/${order.id}`, received.block);
    expect(seen.body).toMatchObject({ status: 'ACCEPTED', number: null, amount: null, milestones: 3 });
    const hidden = await log(carrier, order, received);
    expect(hidden.map(({ document }) => document === null)).toEqual([true, false, true]);
    const receipts = await supplier.get(`/v1/orders/${order.id}/receipts`);
    expect(receipts.body).toMatchObject({
      lines: [{ line: '1', ordered: '100', received: '100', rejected: '10', returned: '0', accepted: '90' }],
      silent: [],
    });
  });

  it('hashes to the head that the chain keeps', async () => {
    const order = await accepted();
    for (const kind of ['PRODUCTION_STARTED', 'PRODUCTION_COMPLETED']) await supplier.post(order.path, { kind });
    const { body } = await supplier.get(`/v1/orders/${order.id}`);
    const entries = items(await supplier.get(order.path)).map((item) => ({
      order: order.id as Hex,
      index: item['index'] as number,
      kind: kindNumber(item['kind'] as MilestoneKind),
      author: nodes.of('supplier-1').number,
      commitment: item['id'] as Hex,
      supersedes: `0x${'00'.repeat(32)}` as const,
      recordedAt: Date.parse(item['recordedAt'] as string) / 1000,
    }));
    expect(entries).toHaveLength(2);
    expect(isCompleteLog(order.id as Hex, entries, body['head'] as Hex)).toBe(true);
    expect(isCompleteLog(order.id as Hex, entries.slice(0, 1), body['head'] as Hex)).toBe(false);
  });

  it('grows with those of other orders in one transaction, and each entry that is refused is answered with why', async () => {
    const [one, two] = [await accepted(), await accepted()];
    const lines = [
      { order: one.id, kind: 'PRODUCTION_STARTED' },
      { order: two.id, kind: 'PRODUCTION_STARTED' },
      { order: UNKNOWN, kind: 'PRODUCTION_STARTED' },
      { order: one.id, kind: 'RECEIVED', document: linesDocument({ orderLine: '1', received: '60.50' }) },
      { kind: 'DESPATCHED' },
      { order: one.id, document: eventDocument('shipping') },
      { order: one.id, document: eventDocument('shipping') },
    ];
    const answer = await supplier.post('/v1/milestones', lines);
    expect(answer.status).toBe(201);
    const made = answer.body['items'] as { id: string; submission: string | null; refusal: Json | null }[];
    expect(made.map(({ refusal }) => refusal?.['code'])).toEqual([
      undefined,
      undefined,
      'ORDER_UNKNOWN',
      'MILESTONE_UNAUTHORIZED',
      'REQUEST_INVALID',
      undefined,
      'MILESTONE_ALREADY_RECORDED',
    ]);
    expect(new Set(made.flatMap(({ submission }) => submission ?? [])).size).toBe(1);
    const logOf = ({ path }: Accepted, length: number) =>
      eventually(
        () => core.get(path),
        (answered) => items(answered).length === length && items(answered).every(({ document }) => document !== null),
      );
    expect(items(await logOf(one, 2)).map(({ id, kind }) => [id, kind])).toEqual([
      [made[0]!.id, 'PRODUCTION_STARTED'],
      [made[5]!.id, 'DESPATCHED'],
    ]);
    expect(items(await logOf(two, 1))).toMatchObject([{ id: made[1]!.id, author: 'supplier-1' }]);
    const none = await supplier.post('/v1/milestones', [lines[2], lines[4]]);
    expect(refusalOf(none)).toEqual([422, 'ITEMS_REFUSED']);
    expect((none.body['facts'] as Json)['items']).toMatchObject([
      { refusal: { code: 'ORDER_UNKNOWN' } },
      { refusal: { code: 'REQUEST_INVALID' } },
    ]);
    expect(refusalOf(await supplier.post('/v1/milestones', []))).toEqual([400, 'REQUEST_INVALID']);
  });

  it('is corrected by its author, once, and counts the correction alone', async () => {
    const order = await accepted();
    const first = await core.postXml(`${order.path}?kind=RECEIVED`, receiptXml(order.number, '100'));
    const entry = String(first.body['entry']);
    await supplier.get(order.path, first.block);
    const foreign = await supplier.post(order.path, { kind: 'DELIVERED', supersedes: entry });
    expect(refusalOf(foreign)).toEqual([409, 'MILESTONE_NOT_CORRECTABLE']);
    const otherKind = await core.post(order.path, { kind: 'INSPECTED', supersedes: entry });
    expect(refusalOf(otherKind)).toEqual([409, 'MILESTONE_NOT_CORRECTABLE']);
    expect(refusalOf(await core.post(order.path, { kind: 'RECEIVED', supersedes: UNKNOWN }))).toEqual([
      404,
      'MILESTONE_UNKNOWN',
    ]);
    const correction = await core.postXml(
      `${order.path}?kind=RECEIVED&supersedes=${entry}`,
      receiptXml(order.number, '90'),
    );
    expect(correction).toMatchObject({ status: 201, body: { supersedes: entry, status: 'RECORDED' } });
    expect(items(await core.get(order.path)).map(({ status }) => status)).toEqual(['SUPERSEDED', 'RECORDED']);
    const again = await core.postXml(`${order.path}?kind=RECEIVED&supersedes=${entry}`, receiptXml(order.number, '80'));
    expect(refusalOf(again)).toEqual([409, 'MILESTONE_NOT_CORRECTABLE']);
    const receipts = await core.get(`/v1/orders/${order.id}/receipts`);
    expect(receipts.body['lines']).toMatchObject([{ received: '90' }]);
  });

  it('takes plain JSON and EPCIS, in whose step the kind is', async () => {
    const order = await accepted();
    const lines = linesDocument({ orderLine: '1', received: '60.50' });
    const received = await core.post(order.path, { kind: 'RECEIVED', document: lines });
    expect(received).toMatchObject({ status: 201, body: { document: { kind: 'RECEIPT' } } });
    const returned = await core.post(order.path, {
      kind: 'RETURNED',
      document: linesDocument({ orderLine: '1', quantity: '0.5' }),
    });
    expect(returned.status).toBe(201);
    const { apiKey, url } = supplier.member;
    const scanned = await fetch(`${url}${order.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': newNumber(),
        'content-type': 'application/ld+json',
        prefer: 'wait=240',
      },
      body: JSON.stringify(eventDocument('urn:epcglobal:cbv:bizstep:shipping')),
    });
    const scan = (await scanned.json()) as Json;
    expect([scanned.status, scan['kind'], (scan['document'] as Json)['kind']]).toEqual([201, 'DESPATCHED', 'EVENT']);
    await supplier.get(order.path, returned.block);
    await documented(supplier, order);
    const receipts = await supplier.get(`/v1/orders/${order.id}/receipts`);
    expect(receipts.body['lines']).toMatchObject([{ received: '60.5', returned: '0.5', accepted: '60' }]);
  });

  it('takes an EPCIS error declaration as the correction of the event that it names', async () => {
    const order = await accepted();
    const scan = { ...eventDocument('shipping'), eventID: `urn:uuid:${order.id.slice(2, 34)}` };
    const first = await supplier.post(order.path, { document: scan });
    expect(first).toMatchObject({ status: 201, body: { kind: 'DESPATCHED' } });
    const errorDeclaration = { declarationTime: '2026-11-23T12:00:00Z', reason: 'incorrect_data' };
    const unheard = { ...scan, eventID: 'urn:uuid:0', errorDeclaration };
    expect(refusalOf(await supplier.post(order.path, { document: unheard }))).toEqual([404, 'MILESTONE_UNKNOWN']);
    await core.get(order.path, first.block);
    const foreign = await core.post(order.path, { document: { ...scan, errorDeclaration } });
    expect(refusalOf(foreign)).toEqual([404, 'MILESTONE_UNKNOWN']);
    const declared = await supplier.post(order.path, { document: { ...scan, errorDeclaration } });
    expect(declared).toMatchObject({ status: 201, body: { supersedes: first.body['entry'] } });
    expect(items(await supplier.get(order.path)).map(({ status }) => status)).toEqual(['SUPERSEDED', 'RECORDED']);
  });

  it('stays open for returns and corrections when the order is completed', async () => {
    const order = await accepted();
    const received = await core.postXml(order.path, receiptXml(order.number, '100'));
    const wish = await core.post(`/v1/orders/${order.id}/completion`);
    await supplier.get(order.path, wish.block);
    const completed = await supplier.post(`/v1/orders/${order.id}/completion`);
    expect(completed.body['status']).toBe('COMPLETED');
    await core.get(order.path, completed.block);
    expect(refusalOf(await core.postXml(order.path, receiptXml(order.number, '5')))).toEqual([
      409,
      'MILESTONE_LOG_CLOSED',
    ]);
    expect(refusalOf(await core.post(order.path, { kind: 'DELIVERED' }))).toEqual([409, 'MILESTONE_LOG_CLOSED']);
    const path = `${order.path}?supersedes=${String(received.body['id'])}`;
    expect((await core.postXml(path, receiptXml(order.number, '95'))).status).toBe(201);
    expect((await core.post(order.path, { kind: 'INSPECTED' })).status).toBe(201);
  });
});

describe('recording is refused', () => {
  it('to who is neither party nor appointed for the kind', async () => {
    const order = await accepted();
    expect(refusalOf(await carrier.post(order.path, { kind: 'DELIVERED' }))).toEqual([403, 'MILESTONE_UNAUTHORIZED']);
    const received = await supplier.postXml(order.path, receiptXml(order.number, '100'));
    expect(received.body).toMatchObject({ code: 'MILESTONE_UNAUTHORIZED', facts: { kind: 'RECEIVED' } });
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const appoint = (body: Json) => core.post(`/v1/orders/${order.id}/participants`, { until, ...body });
    expect(refusalOf(await appoint({ member: 'carrier', kinds: ['RECEIVED'] }))).toEqual([
      422,
      'PARTICIPANT_INVALID_KINDS',
    ]);
    expect(refusalOf(await appoint({ member: 'core', kinds: [] }))).toEqual([409, 'PARTICIPANT_IS_PARTY']);
    expect(refusalOf(await appoint({ member: 'nobody', kinds: [] }))).toEqual([404, 'MEMBER_UNKNOWN']);
    const appointed = await appoint({ member: 'carrier', kinds: ['IN_TRANSIT'] });
    await carrier.get(`/v1/orders/${order.id}`, appointed.block);
    expect(refusalOf(await carrier.post(order.path, { kind: 'DELIVERED' }))).toEqual([403, 'MILESTONE_UNAUTHORIZED']);
    const ended = await appoint({ member: 'carrier', kinds: [] });
    await carrier.get(`/v1/orders/${order.id}`, ended.block);
    expect(refusalOf(await carrier.post(order.path, { kind: 'IN_TRANSIT' }))).toEqual([403, 'MILESTONE_UNAUTHORIZED']);
  });

  it('before the order is accepted, and on one that nobody knows', async () => {
    const posted = await core.postXml('/v1/orders?supplier=supplier-1', orderXml(newNumber()));
    const path = `/v1/orders/${String(posted.body['id'])}/milestones`;
    expect(refusalOf(await core.post(path, { kind: 'DELIVERED' }))).toEqual([409, 'ORDER_INVALID_STATUS']);
    const unknown = await core.post(`/v1/orders/${UNKNOWN}/milestones`, { kind: 'DELIVERED' });
    expect(refusalOf(unknown)).toEqual([404, 'ORDER_UNKNOWN']);
  });

  it('over documents that do not fit', async () => {
    const order = await accepted();
    const record = (kind: string, document: Json) => core.post(order.path, { kind, document });
    const lines = linesDocument({ orderLine: '1', received: '5' });
    expect(refusalOf(await core.postXml(order.path, receiptXml(newNumber(), '5')))).toEqual([
      422,
      'ORDER_REFERENCE_MISMATCH',
    ]);
    expect(refusalOf(await record('RECEIVED', { ...lines, buyer: SELLER }))).toEqual([422, 'DOCUMENT_PARTY_MISMATCH']);
    expect(refusalOf(await core.postXml(order.path, receiptXml(order.number, '-5')))).toEqual([422, 'DECIMAL_INVALID']);
    expect(refusalOf(await core.postXml(`${order.path}?kind=IN_TRANSIT`, receiptXml(order.number, '5')))).toEqual([
      422,
      'DOCUMENT_KIND_MISMATCH',
    ]);
    expect(refusalOf(await record('RETURNED', linesDocument({ orderLine: '1' })))).toEqual([
      422,
      'MILESTONE_QUANTITIES_MISSING',
    ]);
    expect(refusalOf(await core.post(order.path, {}))).toEqual([400, 'REQUEST_INVALID']);
    expect(refusalOf(await core.post(order.path, { kind: 'EATEN' }))).toEqual([400, 'REQUEST_INVALID']);
    expect(items(await core.get(order.path))).toEqual([]);
  });

  it('to a member that has as many entries in the log as the contract takes, and to no other order’s among many', async () => {
    const [full, other] = [await accepted(), await accepted()];
    // As if all but one of them were there.
    await nodes
      .of('supplier-1')
      .app.get(UnitOfWork)
      .manager.query(
        `INSERT INTO chain_milestones
           (order_id, entry, position, kind, author, commitment, supersedes, origin, recorded_at, head, block, log_index, tx)
         SELECT $1, sha256(int4send(n)), n, 1, $2, sha256(int4send(-n)), $3, sha256(int4send(n)), 0, $3, 0, 0, $3
         FROM generate_series(1, $4) n`,
        [toBytes(full.id as Hex), nodes.of('supplier-1').number, Buffer.alloc(32), ENTRIES_AN_AUTHOR - 1],
      );
    const kinds = ['PRODUCTION_STARTED', 'PRODUCTION_COMPLETED'];
    const lines = kinds.flatMap((kind) => [full, other].map(({ id: order }) => ({ order, kind })));
    const { status, body } = await supplier.post('/v1/milestones', lines);
    expect([status, (body['items'] as Json[]).map(({ refusal }) => (refusal as Json | null)?.['code'])]).toEqual([
      201,
      [undefined, undefined, 'MILESTONE_LIMIT_REACHED', undefined],
    ]);
    await eventually(
      () => supplier.get(`/v1/orders/${full.id}`),
      (answer) => answer.body['milestones'] === 1,
    );
    const alone = await supplier.post(full.path, { kind: 'DESPATCHED' });
    expect(refusalOf(alone)).toEqual([409, 'MILESTONE_LIMIT_REACHED']);
  });

  it('when the same receipt is clicked twice', async () => {
    const order = await accepted();
    const receipt = receiptXml(order.number, '100');
    const clicks = await Promise.all([1, 2, 3].map(() => core.postXml(order.path, receipt)));
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(clicks.map(({ body }) => body['code']).filter(Boolean)).toEqual(Array(2).fill('MILESTONE_ALREADY_RECORDED'));
  });
});

it('takes in no document that no entry of its sender commits to', async () => {
  const order = await accepted();
  const body = {
    kind: 'RECEIPT',
    document: Buffer.from(receiptXml(order.number, '100')).toString('base64'),
    mediaType: 'application/xml',
    seed: UNKNOWN,
  };
  const { app } = nodes.of('core');
  const to = nodes.of('supplier-1').number;
  await app
    .get(UnitOfWork)
    .run(() =>
      app.get(Exchange, { strict: false }).send({ to, type: 'milestone.document', object: order.id as Hex, body }),
    );
  const aside = await eventually(
    () => supplier.get('/v1/exchange/set-aside'),
    (answer) => items(answer).length > 0,
  );
  expect(items(aside)).toMatchObject([{ reason: { code: 'MILESTONE_COMMITMENT_MISMATCH' }, object: order.id }]);
});
