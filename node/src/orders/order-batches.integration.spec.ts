import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Json, MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { callAs } from '../../../test/support/on-chain.js';
import { RegistryDomains } from '../chain/index.js';
import { PG_POOL, UnitOfWork } from '../database/index.js';
import { hashWords } from '../kernel/abi-words.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import { orderIdOf } from './domain/order-id.js';
import { batchVerdicts } from './testing/batch-verdicts.js';
import { arrived, hex32, posted, postedOnceMore, seen, sent, statusOf, verified } from './testing/batches.js';
import { newNumber } from './testing/documents.js';
import { bank, core, nodes, startWorld, stopWorld, supplier } from './testing/world.js';

// One world for all: what it costs to start it is most of what many of these tests cost.
beforeAll(startWorld);
afterAll(stopWorld);

const commitments = (size: number, over: Json = {}) =>
  Array.from({ length: size }, () => ({ commitment: hex32(), tag: hex32(), ...over }));
const post = (items: readonly Json[]) => core.post('/v1/orders/batches?supplier=supplier-1', items);

const cursorOf = (key: readonly number[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

it.each([
  ['/v1/orders', [1e15, 5e9, 0]],
  ['/v1/registry/orders', [1, 1, 5e9]],
  ['/v1/orders/batches', [1, 5e9]],
  ['/v1/receivables', [1, 5e9]],
  ['/v1/registry/receivables', [1, 5e9]],
])('a cursor of somebody’s own making is refused before the database: %s', async (path, key) => {
  expect(refusalOf(await core.get(`${path}?cursor=${cursorOf(key)}`))).toEqual([400, 'CURSOR_INVALID']);
});

describe('orders posted in a batch', () => {
  it('are listed, read and answered like any other, and are objects of their own when something happens', async () => {
    const { root, ids, numbers } = await posted(5);
    const list = await supplier.get('/v1/orders?counterparty=core&limit=2');
    const next = await supplier.get(`/v1/orders?counterparty=core&limit=3&cursor=${String(list.body['nextCursor'])}`);
    const listed = [...(list.body['items'] as Json[]), ...(next.body['items'] as Json[])];
    expect(listed.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(listed.map(({ number, status, batch }) => [number, status, batch])).toEqual(
      [...numbers].reverse().map((number) => [number, 'POSTED', root]),
    );
    expect(refusalOf(await bank.get(`/v1/orders/${ids[0]}`))).toEqual([404, 'ORDER_UNKNOWN']);

    const answer = await supplier.post(`/v1/orders/batches/${root}/answer`, { accept: [ids[0], ids[1], ids[3]] });
    expect(answer).toMatchObject({ status: 201, body: { status: 'ANSWERED', orders: 5, accepted: 3 } });
    await seen(core, `/v1/orders/${ids[0]}`, answer);
    const statuses = async (by: MemberClient) => Promise.all(ids.map((id) => statusOf(by, id)));
    const expected = ['ACCEPTED', 'ACCEPTED', 'REJECTED', 'ACCEPTED', 'REJECTED'];
    expect(await statuses(core)).toEqual(expected);
    expect(await statuses(supplier)).toEqual(expected);
    const refused = await core.get('/v1/orders?counterparty=supplier-1&status=REJECTED&limit=1');
    const more = `/v1/orders?counterparty=supplier-1&status=REJECTED&limit=1&cursor=${String(refused.body['nextCursor'])}`;
    const both = [refused, await core.get(more)].flatMap(({ body }) => body['items'] as Json[]);
    expect(both.map(({ id, status }) => [id, status])).toEqual([4, 2].map((place) => [ids[place], 'REJECTED']));
    expect(await verified(ids)).toMatchObject({
      ...{ checked: 5, proven: 5, statuses: { ORDER: { ACCEPTED: 3, REJECTED: 2 } } },
      findings: [2, 4].map((place) => ({ place, id: ids[place], code: 'ORDER_NOT_IN_FORCE' })),
    });
    const history = (await core.get(`/v1/orders/${ids[0]}/history`)).body['items'] as Json[];
    expect(history.map(({ event, by }) => [event, by])).toEqual([
      ['OrderBatchPosted', 'core'],
      ['OrderBatchAnswered', 'supplier-1'],
    ]);

    const recorded = await supplier.post(`/v1/orders/${ids[0]}/milestones`, { kind: 'PRODUCTION_STARTED' });
    expect(refusalOf(recorded)).toEqual([201, undefined]);
    const detail = await seen(bank, `/v1/registry/orders/${ids[0]}`, recorded);
    expect(detail.body).toMatchObject({ status: 'ACCEPTED' });
    const mine = await seen(core, `/v1/orders/${ids[0]}`, recorded);
    expect(mine.body).toMatchObject({ status: 'ACCEPTED', milestones: 1, batch: root, number: numbers[0] });
    const again = await core.post(`/v1/orders/${ids[0]}/materialisation`);
    expect(refusalOf(again)).toEqual([409, 'ORDER_ALREADY_POSTED']);
    const made = await core.post(`/v1/orders/${ids[1]}/materialisation`);
    expect(made).toMatchObject({ status: 201, body: { status: 'ACCEPTED' } });
    expect(refusalOf(await core.post(`/v1/orders/${ids[2]}/materialisation`))).toEqual([
      409,
      'ORDER_NOT_ACCEPTED_IN_BATCH',
    ]);
    const after = (await core.get('/v1/orders?counterparty=supplier-1&limit=5')).body['items'] as Json[];
    expect(after.map(({ id }) => id)).toEqual([...ids].reverse());
    expect(refusalOf(await supplier.post(`/v1/orders/batches/${root}/answer`))).toEqual([
      409,
      'ORDER_BATCH_ALREADY_ANSWERED',
    ]);
  });

  it('are withdrawn, and answered, alone too, and then not by their batch', async () => {
    const { root, ids } = await posted(3);
    const withdrawn = await core.post(`/v1/orders/${ids[0]}/withdrawal`);
    expect(withdrawn).toMatchObject({ status: 201, body: { status: 'WITHDRAWN' } });
    await seen(supplier, `/v1/orders/${ids[0]}`, withdrawn);
    const { app, client } = nodes.of('supplier-1');
    const path = `/v1/orders/batches/${root}`;
    const call = (method: 'GET' | 'POST', url: string, ifMatch: string) => {
      const headers = { authorization: `Bearer ${client.member.apiKey}`, prefer: 'wait=240', 'if-match': ifMatch };
      return app.inject({ method, url, headers, ...(method === 'POST' && { payload: {} }) });
    };
    const before = String((await call('GET', path, '*')).headers['etag']);
    const taken = await supplier.post(`/v1/orders/${ids[1]}/acceptance`);
    expect(taken).toMatchObject({ status: 201, body: { status: 'ACCEPTED' } });
    // By the batch as it was read, not by all that the list of batches says.
    expect((await call('POST', `${path}/answer`, 'W/"of the list"')).statusCode).toBe(412);
    const answered = await call('POST', `${path}/answer`, before);
    const block = Number(/\d+/.exec(String(answered.headers['tradeproof-block']))![0]);
    const answer = { status: answered.statusCode, body: answered.json<Json>(), block };
    expect(answer).toMatchObject({ status: 201, body: { accepted: 1 } });
    await seen(core, `/v1/orders/${ids[0]}`, answer);
    expect(await Promise.all(ids.map((id) => statusOf(core, id)))).toEqual(['WITHDRAWN', 'ACCEPTED', 'ACCEPTED']);
    expect(refusalOf(await core.post(`/v1/orders/${ids[0]}/materialisation`))).toEqual([409, 'ORDER_ALREADY_POSTED']);
  });

  it('are not rejected by an answer that comes before their documents', async () => {
    // Documents cannot be taken in; all else goes on.
    const holding = await nodes.of('supplier-1').app.get<pg.Pool>(PG_POOL).connect();
    let path: string;
    try {
      await holding.query('BEGIN; LOCK TABLE order_documents IN EXCLUSIVE MODE');
      path = `/v1/orders/batches/${(await sent(2)).root}`;
      expect((await arrived(path)).body).toMatchObject({ orders: 2, read: 0 });
      const early = await supplier.post(`${path}/answer`);
      expect(early).toMatchObject({ status: 409, body: { code: 'ORDER_DOCUMENT_MISSING', facts: { unread: 2 } } });
      expect((await supplier.get(path)).body).toMatchObject({ status: 'POSTED' });
    } finally {
      await holding.query('ROLLBACK');
      holding.release();
    }
    await arrived(path, ({ body }) => body['read'] === 2);
    expect(await supplier.post(`${path}/answer`)).toMatchObject({ status: 201, body: { accepted: 2 } });
  });

  it('are rejected unread by a supplier who says so, as when their documents are withheld', async () => {
    const { root, ids } = await posted(2);
    const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
    await manager.query('DELETE FROM order_documents WHERE order_id = $1', [toBytes(ids[0] as Hex)]);
    const path = `/v1/orders/batches/${root}/answer`;
    expect(refusalOf(await supplier.post(path))).toEqual([409, 'ORDER_DOCUMENT_MISSING']);
    const answer = await supplier.post(path, { rejectUnread: true });
    expect(answer).toMatchObject({ status: 201, body: { accepted: 1, read: 1 } });
    await seen(core, `/v1/orders/${ids[0]}`, answer);
    expect(await Promise.all(ids.map((id) => statusOf(core, id)))).toEqual(['REJECTED', 'ACCEPTED']);
  });

  it('are not rejected any more by who accepted them, whatever their buyer posts once more', async () => {
    const { root, ids } = await posted(2);
    const answer = await supplier.post(`/v1/orders/batches/${root}/answer`, { accept: [ids[0]] });
    await seen(core, `/v1/orders/${ids[0]}`, answer);
    for (const id of ids as Hex[])
      expect((await postedOnceMore(id, 'post')).body).toMatchObject({ status: 'POSTED', batch: null });
    const refused = await supplier.post(`/v1/orders/${ids[0]}/rejection`, { reason: 'a duplicate' });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'ORDER_INVALID_TRANSITION',
        detail: expect.stringContaining(`/v1/orders/${ids[0]}/materialisation`) as string,
        facts: { from: 'ACCEPTED', to: 'REJECTED' },
      },
    });
    const made = await supplier.post(`/v1/orders/${ids[0]}/materialisation`);
    expect(made).toMatchObject({ status: 201, body: { status: 'ACCEPTED' } });
    // What the answer left out it may turn down by itself too.
    const rejected = await supplier.post(`/v1/orders/${ids[1]}/rejection`, { reason: 'still not' });
    expect(rejected).toMatchObject({ status: 201, body: { status: 'REJECTED' } });
  });

  it('materialise once though both sides act at the same time', async () => {
    const { root, ids } = await posted(1);
    const answer = await supplier.post(`/v1/orders/batches/${root}/answer`);
    await seen(core, `/v1/orders/${ids[0]}`, answer);
    const both = await Promise.all([core, supplier].map((by) => by.post(`/v1/orders/${ids[0]}/cancellation`)));
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    await eventually(
      () => core.get(`/v1/orders/${ids[0]}`),
      ({ body }) => body['status'] === 'CANCELLED',
    );
    expect(await statusOf(core, ids[0]!)).toBe('CANCELLED');
    const history = (await core.get(`/v1/orders/${ids[0]}/history`)).body['items'] as Json[];
    expect(history.filter(({ event }) => event === 'OrderPosted')).toHaveLength(1);
  });
});

batchVerdicts(process.env['TRADEPROOF_WRITE_VECTORS'] === 'true');

describe('ready commitments', () => {
  it('are anchored under one root, with ids that both sides compute', async () => {
    const records = randomBytes(300 * 64);
    const headers = {
      authorization: `Bearer ${core.member.apiKey}`,
      'idempotency-key': newNumber(),
      'content-type': 'application/octet-stream',
      prefer: 'wait=240',
    };
    const url = `${core.member.url}/v1/orders/batches?supplier=supplier-1`;
    const response = await fetch(url, { method: 'POST', headers, body: records });
    const batch = (await response.json()) as Json;
    expect([response.status, batch]).toMatchObject([201, { status: 'POSTED', orders: 300, accepted: null }]);
    const path = `/v1/orders/batches/${String(batch['id'])}`;
    expect((await arrived(path)).body).toEqual(batch);
    const [first] = (await supplier.get('/v1/orders?limit=1')).body['items'] as Json[];
    expect(first).toMatchObject({ status: 'POSTED', batch: batch['id'], number: null });
    expect(first!['commitment']).toBe(`0x${records.subarray(299 * 64, 299 * 64 + 32).toString('hex')}`);
    expect((await core.get(`/v1/orders/${String(first!['id'])}`)).body).toMatchObject({ status: 'POSTED' });

    const accept = [first!['id']];
    expect(refusalOf(await supplier.post(`${path}/answer`, { accept }))).toEqual([409, 'ORDER_DOCUMENT_MISSING']);
    expect(refusalOf(await supplier.post(`${path}/answer`, { accept: [hex32()] }))).toEqual([404, 'ORDER_UNKNOWN']);
    expect(refusalOf(await core.post(`${path}/answer`, { accept }))).toEqual([403, 'MEMBER_MISSING_ROLE']);
    const answer = await supplier.post(`${path}/answer`, { accept: 'ALL', readElsewhere: true });
    expect(answer).toMatchObject({ status: 201, body: { accepted: 300 } });
  });

  it('are refused when one is at fault, or is there already', async () => {
    const [one, two] = commitments(2);
    expect(refusalOf(await post([]))).toEqual([400, 'REQUEST_INVALID']);
    expect((await post([one!, { commitment: '0x12', tag: hex32() }])).body).toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { item: 1 },
    });
    expect(refusalOf(await post(commitments(1, { expiresAt: '2020-01-01T00:00:00Z' })))).toEqual([
      422,
      'ORDER_EXPIRY_PAST',
    ]);
    expect(refusalOf(await post(commitments(1, { commitment: `0x${'00'.repeat(32)}` })))[1]).toBe(
      'ORDER_COMMITMENT_MISSING',
    );
    expect(refusalOf(await post([one!, one!]))).toEqual([409, 'ORDER_ALREADY_POSTED']);
    expect((await post([one!, two!])).status).toBe(201);
    expect(refusalOf(await post([two!]))).toEqual([409, 'ORDER_ALREADY_POSTED']);
    const unknown = `/v1/orders/batches/${hex32()}`;
    expect(refusalOf(await core.get(unknown))).toEqual([404, 'ORDER_BATCH_UNKNOWN']);
    const toNobody = await core.post('/v1/orders/batches?supplier=bank-a', commitments(1));
    expect(refusalOf(toNobody)[1]).toBe('MEMBER_MISSING_ROLE');
  });

  it.each([
    ['all', 0],
    ['some', 1],
  ])('are taken in once when %s of them are posted twice at once', async (_, from) => {
    const items = commitments(3);
    const both = await Promise.all([post(items.slice(0, 2)), post(items.slice(from, from + 2))]);
    expect(both.map(refusalOf).sort()).toEqual([
      [201, undefined],
      [409, 'ORDER_ALREADY_POSTED'],
    ]);
  });

  it('are kept while the chain has their batch, whatever became of a submission of it', async () => {
    const [one, two, three] = commitments(3);
    const { body } = await post([one!, two!]);
    const { manager } = nodes.of('core').app.get(UnitOfWork);
    const reverted = await manager.query<[unknown[], number]>(
      `UPDATE submissions SET status = 'REVERTED' WHERE subject_id = $1 RETURNING id`,
      [toBytes(body['id'] as Hex)],
    );
    expect(reverted[1]).toBe(1);
    expect(refusalOf(await post([two!, three!]))).toEqual([409, 'ORDER_ALREADY_POSTED']);
    expect((await core.get(`/v1/orders/batches/${String(body['id'])}`)).body).toMatchObject({ orders: 2 });
  });

  it.each([2 ** 31, 2 ** 32 - 1])(
    'have any place that the chain takes, and no node stops at place %d',
    async (index) => {
      const buyer = nodes.of('core');
      const { number: to } = nodes.of('supplier-1');
      const [commitment, tag] = [hex32(), hex32()] as [Hex, Hex];
      const registry = buyer.app.get(RegistryDomains).of('OrderRegistry');
      const id = orderIdOf({ registry, buyer: buyer.number, supplier: to, commitment, tag });
      const expiry = Math.floor(Date.now() / 1000) + 86_400;
      // Of one order, whatever place it says it has.
      const root = hashWords(id, index, expiry);
      await callAs(buyer, id, { contract: 'OrderRegistry', fn: 'postBatch', args: [root, to] });
      const order = { buyer: buyer.number, index, expiry, commitment, tag };
      await callAs(buyer, id, { contract: 'OrderRegistry', fn: 'materialise', args: [order, root, [], '0x'] });
      for (const by of [core, supplier, bank])
        expect(
          (
            await eventually(
              () => by.get(`/v1/registry/orders/${id}`),
              ({ status }) => status === 200,
            )
          ).body,
        ).toMatchObject({
          status: 'POSTED',
        });
    },
  );

  it('lapse as they say, whatever the answer', async () => {
    const made = await post(commitments(1, { expiresAt: new Date(Date.now() + 3_600_000).toISOString() }));
    const root = String(made.body['id']);
    await arrived(`/v1/orders/batches/${root}`);
    await nodes.passTime(7_200);
    const late = Number(await rpc<string>(nodes.anvil.url, 'eth_blockNumber', []));
    await eventually(
      () => supplier.get(`/v1/orders/batches/${root}`),
      ({ block }) => block >= late,
    );
    const answer = await supplier.post(`/v1/orders/batches/${root}/answer`, { accept: 'ALL', readElsewhere: true });
    expect(answer).toMatchObject({ status: 201, body: { accepted: 0 } });
  });
});
