import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { eventually } from '../../../scripts/demo/client.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { Exchange } from '../exchange/index.js';
import { documentOf, importDocument } from '../documents/index.js';
import type { Hex } from '../kernel/hex.js';
import { PostOrders } from './commands/post-orders.js';
import type { Framing } from './domain/order-type.js';
import { BUYER, changeDocument, newNumber, orderDocument, orderXml, responseXml, SELLER } from './testing/documents.js';

const UNKNOWN = `0x${'12'.repeat(32)}`;

let nodes: TestNodes;
let core: MemberClient;
let supplier: MemberClient;
let bank: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  [core, supplier, bank] = ['core', 'supplier-1', 'bank-a'].map((name) => nodes.of(name).client) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
}, 120_000);

afterAll(() => nodes?.stop());

/** A supplier's answer that asks for something else. */
const counterOffer = (orderNumber: string, lines: Json[]): Json => ({
  ...{ kind: 'ORDER_RESPONSE', decision: 'AMENDED', reason: 'not so many', orderNumber, buyer: BUYER, seller: SELLER },
  lines,
});
const cancellation = (orderNumber: string): Json => ({
  ...{ kind: 'ORDER_CANCELLATION', number: newNumber(), issueDate: '2026-11-24', orderNumber },
  ...{ buyer: BUYER, seller: SELLER, reason: 'the plant burnt down' },
});
const post = (document: Json, query = 'supplier=supplier-1', by = core) => by.post(`/v1/orders?${query}`, { document });
const idOf = ({ body }: Answer) => String(body['id']);
const statusOf = async (id: string, by = core) => (await by.get(`/v1/orders/${id}`)).body['status'];

/** A posted order whose document the supplier has. */
async function posted(change: Json = {}): Promise<{ id: string; number: string }> {
  const document = orderDocument(change);
  const answer = await post(document);
  expect(answer.status).toBe(201);
  const id = idOf(answer);
  await known(id);
  return { id, number: String(document['number']) };
}

const known = (id: string, by = supplier) =>
  eventually(
    () => by.get(`/v1/orders/${id}`),
    ({ body }) => typeof body['number'] === 'string',
  );

async function accepted(change: Json = {}): Promise<{ id: string; number: string; block: number }> {
  const order = await posted(change);
  const answer = await supplier.post(`/v1/orders/${order.id}/acceptance`);
  expect(answer.status).toBe(201);
  await core.call('GET', `/v1/orders/${order.id}`, { minBlock: answer.block });
  return { ...order, block: answer.block };
}

/** Reads at another node what was just written at one. */
const at = (by: MemberClient, path: string, { block }: Answer) => by.call('GET', path, { minBlock: block });

describe('an order', () => {
  it('goes from the buyer, as UBL, to the supplier, who accepts it', async () => {
    const number = newNumber();
    const answer = await core.postXml('/v1/orders?supplier=supplier-1', orderXml(number));
    expect(answer).toMatchObject({ status: 201, body: { status: 'POSTED', version: 1, number, amount: '5000.00' } });
    const id = idOf(answer);
    const seen = await known(id);
    expect(seen.body).toEqual(answer.body);
    const document = await supplier.get(`/v1/orders/${id}/document`);
    const fields = new Map((document.body['fields'] as Json[]).map(({ path, value }) => [path, value]));
    expect(fields.get('/number')).toBe(number);
    expect(fields.get('/lines/0/quantity')).toBe('100');
    expect(document.body['commitment']).toBe(answer.body['commitment']);

    const accepting = await supplier.postXml(`/v1/orders/${id}/acceptance`, responseXml(number, true));
    expect(accepting).toMatchObject({ status: 201, body: { id, status: 'ACCEPTED' } });
    const history = await at(core, `/v1/orders/${id}/history`, accepting);
    expect(history.body['items']).toMatchObject([
      { event: 'OrderPosted', by: 'core', commitment: answer.body['commitment'] },
      { event: 'OrderAccepted', by: 'supplier-1' },
    ]);
  });

  it('shows strangers an id, a state and a commitment', async () => {
    const { id } = await posted();
    const registry = await bank.get(`/v1/registry/orders/${id}`);
    expect(registry).toMatchObject({
      status: 200,
      body: { id, status: 'POSTED', buyer: 'core', supplier: 'supplier-1' },
    });
    expect(Object.keys(registry.body)).not.toEqual(expect.arrayContaining(['number']));
    for (const path of ['', '/history', '/document', '/milestones']) {
      expect(refusalOf(await bank.get(`/v1/orders/${id}${path}`))).toEqual([403, 'ORDER_NOT_DISCLOSED']);
    }
    expect((await bank.get('/v1/orders')).body['items']).toEqual([]);
  });

  it('gives back the bytes that were posted', async () => {
    const number = newNumber();
    const answer = await core.postXml('/v1/orders?supplier=supplier-1', orderXml(number));
    await known(idOf(answer));
    const { apiKey, url } = supplier.member;
    const source = await fetch(`${url}/v1/orders/${idOf(answer)}/document/source`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    expect(await source.text()).toBe(orderXml(number));
    expect(source.headers.get('content-type')).toBe('application/xml');
  });

  it('is rejected with a reason that only the buyer reads', async () => {
    const { id } = await posted();
    const answer = await supplier.post(`/v1/orders/${id}/rejection`, { reason: 'no capacity until March' });
    expect(answer).toMatchObject({ status: 201, body: { status: 'REJECTED' } });
    const kept = () =>
      nodes
        .of('core')
        .app.get(UnitOfWork)
        .manager.query<{ kind: string }[]>(
          `SELECT kind FROM documents WHERE object = decode(substr($1, 3), 'hex') AND kind = 'ORDER_RESPONSE'`,
          [id],
        );
    for (let tries = 0; (await kept()).length === 0 && tries < 100; tries++)
      await new Promise((r) => setTimeout(r, 50));
    expect(await kept()).toHaveLength(1);
    expect(refusalOf(await supplier.post(`/v1/orders/${id}/acceptance`))).toEqual([409, 'ORDER_INVALID_TRANSITION']);
  });

  it('is withdrawn, by DELETE too', async () => {
    const [first, second] = [await posted(), await posted()];
    const withdrawn = await core.post(`/v1/orders/${first.id}/withdrawal`);
    expect(withdrawn).toMatchObject({ status: 201, body: { status: 'WITHDRAWN' } });
    expect(await core.call('DELETE', `/v1/orders/${second.id}`)).toMatchObject({ body: { status: 'WITHDRAWN' } });
    const late = await supplier.post(`/v1/orders/${first.id}/acceptance`);
    expect(late.body).toMatchObject({ code: 'ORDER_INVALID_TRANSITION', facts: { from: 'WITHDRAWN', to: 'ACCEPTED' } });
  });

  it('lapses', async () => {
    const expiresAt = new Date(Date.now() + 100_000_000).toISOString();
    const answer = await post(orderDocument(), `supplier=supplier-1&expiresAt=${expiresAt}`);
    await known(idOf(answer));
    await nodes.passTime(100_001);
    const late = await eventually(
      () => supplier.post(`/v1/orders/${idOf(answer)}/acceptance`),
      ({ body }) => body['code'] === 'ORDER_LAPSED',
    );
    expect(refusalOf(late)).toEqual([409, 'ORDER_LAPSED']);
    expect(await supplier.post(`/v1/orders/${idOf(answer)}/expiry`)).toMatchObject({ body: { status: 'EXPIRED' } });
    const { id } = await posted();
    expect(refusalOf(await core.post(`/v1/orders/${id}/expiry`))).toEqual([409, 'ORDER_NOT_LAPSED']);
  });
});

describe('posting', () => {
  it('takes an order number once while it stands', async () => {
    const document = orderDocument();
    const number = String(document['number']);
    const clicks = await Promise.all([post(document), post(document), post(document)]);
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const again = await post({ ...document, number: number.toLowerCase().replace('-', ' ') });
    expect(refusalOf(again)).toEqual([409, 'ORDER_NUMBER_ALREADY_POSTED']);
    const repeated = await post(document, 'supplier=supplier-1&repeat=true');
    expect(repeated.status).toBe(201);
    const listed = await core.get(`/v1/orders?number=${number}`);
    expect(listed.body['items']).toHaveLength(2);
    for (const { id } of listed.body['items'] as Json[]) await core.post(`/v1/orders/${String(id)}/withdrawal`);
    expect((await post(document)).status).toBe(201);
  });

  it('answers a repeat of one click with the same order', async () => {
    const key = newNumber();
    const call = { body: { document: orderDocument() }, key };
    const [first, second] = [
      await core.call('POST', '/v1/orders?supplier=supplier-1', call),
      await core.call('POST', '/v1/orders?supplier=supplier-1', call),
    ];
    expect(second).toMatchObject({ status: 201, body: { id: first.body['id'] } });
  });

  it.each([
    ['the supplier as buyer', { buyer: SELLER }, 'DOCUMENT_PARTY_MISMATCH'],
    ['no seller', { seller: undefined }, 'DOCUMENT_PARTY_MISMATCH'],
    ['a negative amount', { amount: '-1.00' }, 'AMOUNT_INVALID'],
    ['an amount that is none', { amount: '12,00' }, 'AMOUNT_INVALID'],
    ['an unknown currency', { currency: 'XQQ' }, 'CURRENCY_UNKNOWN'],
    ['a negative quantity', { lines: [{ id: '1', quantity: '-5' }] }, 'DECIMAL_INVALID'],
    ['a number without a letter or digit', { number: '///' }, 'DOCUMENT_IDENTITY_UNUSABLE'],
    ['no number', { number: undefined }, 'DOCUMENT_FIELD_MISSING'],
  ])('refuses %s', async (_, change, code) => {
    await posted();
    expect(refusalOf(await post(orderDocument(change)))).toEqual([422, code]);
  });

  it('is for core enterprises, and to suppliers', async () => {
    expect(refusalOf(await post(orderDocument(), 'supplier=supplier-2', supplier))).toEqual([
      403,
      'MEMBER_MISSING_ROLE',
    ]);
    expect(refusalOf(await post(orderDocument(), 'supplier=bank-a'))).toEqual([403, 'MEMBER_MISSING_ROLE']);
    expect(refusalOf(await post(orderDocument(), 'supplier=nobody'))).toEqual([404, 'MEMBER_UNKNOWN']);
    expect((await post(orderDocument(), '')).status).toBe(400);
    const reader = await nodes.of('core').clientWith('AUDITOR');
    expect(refusalOf(await post(orderDocument(), 'supplier=supplier-1', reader))).toEqual([403, 'FORBIDDEN']);
  });

  it('refuses a body without a document, and a document of another kind', async () => {
    expect(refusalOf(await core.post('/v1/orders?supplier=supplier-1', {}))).toEqual([400, 'REQUEST_INVALID']);
    const response = await core.postXml('/v1/orders?supplier=supplier-1', responseXml('1', true));
    expect(refusalOf(response)).toEqual([422, 'DOCUMENT_KIND_MISMATCH']);
    const truncated = await core.postXml('/v1/orders?supplier=supplier-1', orderXml('1').slice(0, 400));
    expect(refusalOf(truncated)).toEqual([400, 'DOCUMENT_MALFORMED']);
  });
});

describe('acting on an order', () => {
  it.each(['acceptance', 'rejection', 'withdrawal', 'cancellation', 'completion', 'retraction'])(
    'knows no unknown order: %s',
    async (act) => {
      expect(refusalOf(await core.post(`/v1/orders/${UNKNOWN}/${act}`))).toEqual([404, 'ORDER_UNKNOWN']);
      expect(refusalOf(await core.post(`/v1/orders/0x12/${act}`))).toEqual([400, 'HEX_MALFORMED']);
    },
  );

  it('accepts once, however often it is clicked', async () => {
    const { id } = await posted();
    const clicks = await Promise.all([1, 2, 3].map(() => supplier.post(`/v1/orders/${id}/acceptance`)));
    expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = clicks.filter(({ status }) => status === 409);
    expect(refused.map(({ body }) => body['code'])).toEqual(Array(2).fill('ORDER_INVALID_TRANSITION'));
  });

  it('keeps each side to its own acts', async () => {
    const { id } = await posted();
    expect(refusalOf(await core.post(`/v1/orders/${id}/acceptance`))).toEqual([403, 'ORDER_UNAUTHORIZED']);
    expect(refusalOf(await supplier.post(`/v1/orders/${id}/withdrawal`))).toEqual([403, 'ORDER_UNAUTHORIZED']);
    expect(refusalOf(await bank.post(`/v1/orders/${id}/cancellation`))).toEqual([403, 'ORDER_UNAUTHORIZED']);
    const early = await core.post(`/v1/orders/${id}/cancellation`);
    expect(early.body).toMatchObject({ code: 'ORDER_INVALID_TRANSITION', facts: { from: 'POSTED', to: 'CANCELLED' } });
  });

  it('accepts no unread order, and no document that comes to another id', async () => {
    const { id } = await posted();
    const document = Buffer.from(JSON.stringify(orderDocument())).toString('base64');
    const item = { order: id, tag: UNKNOWN, document, mediaType: 'application/json', seed: UNKNOWN };
    const { app } = nodes.of('core');
    await app.get(UnitOfWork).run(() =>
      app.get(Exchange, { strict: false }).send({
        to: nodes.of('supplier-1').number,
        type: 'order.document',
        object: id as Hex,
        body: { orders: [item] },
      }),
    );
    const aside = await eventually(
      () => supplier.get('/v1/exchange/set-aside'),
      ({ body }) => (body['items'] as Json[]).length > 0,
    );
    expect(aside.body['items']).toMatchObject([{ direction: 'IN', reason: { code: 'ORDER_COMMITMENT_MISMATCH' } }]);

    const unread = await posted();
    const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
    await manager.query(`DELETE FROM documents WHERE object = decode(substr($1, 3), 'hex')`, [unread.id]);
    const refused = await supplier.post(`/v1/orders/${unread.id}/acceptance`);
    expect(refusalOf(refused)).toEqual([409, 'ORDER_DOCUMENT_MISSING']);
  });

  it('refuses a response that says otherwise, or is about another order', async () => {
    const { id, number } = await posted();
    const contrary = await supplier.postXml(`/v1/orders/${id}/acceptance`, responseXml(number, false));
    expect(refusalOf(contrary)).toEqual([422, 'ORDER_RESPONSE_CONTRADICTS']);
    const other = await supplier.postXml(`/v1/orders/${id}/acceptance`, responseXml(newNumber(), true));
    expect(refusalOf(other)).toEqual([422, 'ORDER_REFERENCE_MISMATCH']);
    expect(await statusOf(id)).toBe('POSTED');
  });

  it('is rejected with a counter-offer, whose lines the buyer reads', async () => {
    const { id, number } = await posted();
    const amending = counterOffer(number, [{ id: '1', orderLine: '1', status: '3', quantity: '80' }]);
    const accepting = await supplier.post(`/v1/orders/${id}/acceptance`, { document: amending });
    expect(refusalOf(accepting)).toEqual([422, 'ORDER_RESPONSE_CONTRADICTS']);
    const answer = await supplier.post(`/v1/orders/${id}/rejection`, { document: amending });
    expect(answer).toMatchObject({ status: 201, body: { status: 'REJECTED' } });
    const seen = await eventually(
      () => core.get(`/v1/orders/${id}`),
      ({ body }) => Boolean((body['papers'] as Json | undefined)?.['rejection']),
    );
    expect(seen.body['papers']).toMatchObject({
      rejection: { decision: 'AMENDED', reason: 'not so many', lines: [{ line: '1', status: '3', quantity: '80' }] },
    });
  });

  it('cancels over a document that says why, from either side', async () => {
    const { id, number } = await accepted();
    const document = cancellation(number);
    const other = { ...document, orderNumber: newNumber() };
    const cancel = (by: MemberClient, body?: Json) => by.post(`/v1/orders/${id}/cancellation`, body);
    expect(refusalOf(await cancel(core, { document: other }))).toEqual([422, 'ORDER_REFERENCE_MISMATCH']);
    expect(refusalOf(await cancel(core, { document: { ...document, buyer: SELLER } }))).toEqual([
      422,
      'DOCUMENT_PARTY_MISMATCH',
    ]);
    expect(refusalOf(await cancel(bank, { document }))).toEqual([403, 'ORDER_UNAUTHORIZED']);
    expect(refusalOf(await cancel(core, { document: orderDocument() }))).toEqual([422, 'DOCUMENT_KIND_MISMATCH']);
    expect(await cancel(core, { document })).toMatchObject({ status: 201, body: { cancellationProposedBy: 'core' } });
    const told = await eventually(
      () => supplier.get(`/v1/orders/${id}`),
      ({ body }) => Boolean((body['papers'] as Json | undefined)?.['cancellation']),
    );
    expect(told.body['papers']).toMatchObject({ cancellation: { reason: 'the plant burnt down' } });
    expect((await cancel(supplier)).body['status']).toBe('CANCELLED');
    expect(refusalOf(await cancel(core, { document }))).toEqual([409, 'ORDER_INVALID_TRANSITION']);
  });

  it('cancels and completes when both sides have said so', async () => {
    const { id } = await accepted();
    const wish = await core.post(`/v1/orders/${id}/cancellation`);
    expect(wish).toMatchObject({ status: 201, body: { status: 'ACCEPTED', cancellationProposedBy: 'core' } });
    expect(refusalOf(await core.post(`/v1/orders/${id}/cancellation`))).toEqual([409, 'ORDER_ALREADY_PROPOSED']);
    await core.post(`/v1/orders/${id}/completion`);
    const retracted = await core.post(`/v1/orders/${id}/retraction`);
    expect(retracted.body).toMatchObject({ cancellationProposedBy: null, completionProposedBy: null });
    expect(refusalOf(await core.post(`/v1/orders/${id}/retraction`))).toEqual([409, 'ORDER_NOTHING_PROPOSED']);
    const again = await core.post(`/v1/orders/${id}/cancellation`);
    await at(supplier, `/v1/orders/${id}`, again);
    expect((await supplier.post(`/v1/orders/${id}/cancellation`)).body['status']).toBe('CANCELLED');

    const other = await accepted();
    const done = await supplier.post(`/v1/orders/${other.id}/completion`);
    await at(core, `/v1/orders/${other.id}`, done);
    expect((await core.post(`/v1/orders/${other.id}/completion`)).body['status']).toBe('COMPLETED');
  });
});

describe('a change', () => {
  it('makes version 2 when the other side accepts it', async () => {
    const { id, number } = await accepted();
    const proposed = await supplier.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) });
    expect(proposed).toMatchObject({ status: 201, body: { version: 1, pendingVersion: 2, amount: '5050.00' } });
    await at(core, `/v1/orders/${id}`, proposed);
    expect(refusalOf(await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) }))).toEqual([
      409,
      'ORDER_CHANGE_PENDING',
    ]);
    expect(refusalOf(await supplier.post(`/v1/orders/${id}/changes/2/acceptance`))).toEqual([
      409,
      'ORDER_ALREADY_PROPOSED',
    ]);
    expect(refusalOf(await core.post(`/v1/orders/${id}/changes/3/acceptance`))).toEqual([409, 'ORDER_CHANGE_MISSING']);
    const agreed = await eventually(
      () => core.post(`/v1/orders/${id}/changes/2/acceptance`),
      ({ body }) => body['code'] !== 'ORDER_DOCUMENT_MISSING',
    );
    expect(agreed).toMatchObject({ status: 201, body: { version: 2, amount: '12050.00', coverVersion: 1 } });
    const [first, second] = await Promise.all([
      supplier.get(`/v1/orders/${id}/document?version=1`),
      at(supplier, `/v1/orders/${id}/document?version=2`, agreed),
    ]);
    const fields = new Map((second.body['fields'] as Json[]).map(({ path, value }) => [path, value]));
    expect(fields.get('/previousRoot')).toBe(first.body['commitment']);
    expect(fields.get('/order')).toBe(id);
    expect([fields.get('/lines/0/quantity'), fields.get('/lines/1/quantity')]).toEqual(['240', '5']);
  });

  it('is proposed by a supplier’s amending response', async () => {
    const { id, number } = await accepted();
    const amending = counterOffer(number, [
      { id: '1', orderLine: '1', status: '3', quantity: '80' },
      { id: '2', orderLine: '2', status: '5' },
    ]);
    const propose = (by: MemberClient, document: Json) => by.post(`/v1/orders/${id}/changes`, { document });
    expect(refusalOf(await propose(core, amending))).toEqual([403, 'ORDER_UNAUTHORIZED']);
    const consenting = { ...amending, decision: 'ACCEPTED' };
    expect(refusalOf(await propose(supplier, consenting))).toEqual([422, 'ORDER_RESPONSE_CONTRADICTS']);
    const proposed = await propose(supplier, amending);
    expect(proposed).toMatchObject({ status: 201, body: { version: 1, pendingVersion: 2 } });
    await at(core, `/v1/orders/${id}`, proposed);
    const agreed = await eventually(
      () => core.post(`/v1/orders/${id}/changes/2/acceptance`),
      ({ body }) => body['code'] !== 'ORDER_DOCUMENT_MISSING',
    );
    expect(agreed).toMatchObject({ status: 201, body: { version: 2, number, amount: '4050.00' } });
  });

  it('is declined, and proposed anew', async () => {
    const { id, number } = await accepted();
    const proposed = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) });
    await at(supplier, `/v1/orders/${id}`, proposed);
    const declined = await supplier.post(`/v1/orders/${id}/changes/2/rejection`);
    expect(declined).toMatchObject({ status: 201, body: { pendingVersion: null, version: 1 } });
    await at(core, `/v1/orders/${id}`, declined);
    const next = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number, { amount: '9.00' }) });
    await at(supplier, `/v1/orders/${id}`, next);
    const agreed = await eventually(
      () => supplier.post(`/v1/orders/${id}/changes/2/acceptance`),
      ({ body }) => body['code'] !== 'ORDER_DOCUMENT_MISSING',
    );
    expect(agreed.body).toMatchObject({ version: 2, amount: '9.00' });
  });

  it.each([
    ['another currency', { currency: 'SEK' }, 'CURRENCY_MISMATCH'],
    ['another order', { orderNumber: 'PO-OTHER-9' }, 'ORDER_REFERENCE_MISMATCH'],
    ['another buyer', { buyer: SELLER }, 'DOCUMENT_PARTY_MISMATCH'],
    ['a line that is not there', { lines: [{ id: '9', status: 'Cancelled' }] }, 'ORDER_LINE_UNKNOWN'],
    ['a negative amount', { amount: '-0.01' }, 'AMOUNT_INVALID'],
  ])('is refused over %s', async (_, change, code) => {
    const { id, number } = await accepted();
    const answer = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number, change) });
    expect(refusalOf(answer)).toEqual([422, code]);
  });

  it('is refused before the order is accepted', async () => {
    const { id, number } = await posted();
    const answer = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) });
    expect(refusalOf(answer)).toEqual([409, 'ORDER_INVALID_STATUS']);
  });
});

describe('lists', () => {
  it('page, newest first, without repeats or gaps', async () => {
    const made = [];
    for (let i = 0; i < 5; i++) made.unshift((await posted()).id);
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await supplier.get(`/v1/orders?limit=2&status=POSTED&counterparty=core${cursor}`);
      expect(page.status).toBe(200);
      seen.push(...(page.body['items'] as Json[]).map(({ id }) => id));
      cursor = page.body['nextCursor'] === null ? '' : `&cursor=${String(page.body['nextCursor'])}`;
    } while (cursor);
    expect(seen.slice(0, 5)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
    expect(refusalOf(await supplier.get('/v1/orders?cursor=abc'))).toEqual([400, 'CURSOR_INVALID']);
    const registry = await bank.get('/v1/registry/orders?limit=3');
    expect((registry.body['items'] as Json[]).map(({ id }) => id)).toEqual(made.slice(0, 3));
  });
});

describe('bulk', () => {
  const lines = (documents: Json[]) => documents.map((document) => ({ supplier: 'supplier-1', document }));
  const bulk = async (body: string, type: string) => {
    const headers = {
      authorization: `Bearer ${core.member.apiKey}`,
      'idempotency-key': newNumber(),
      'content-type': type,
    };
    const response = await fetch(`${core.member.url}/v1/orders/bulk`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Json, block: 0 };
  };

  it('posts many in few transactions, and each reaches its supplier', async () => {
    const documents = Array.from({ length: 230 }, () => orderDocument());
    const answer = await bulk(
      lines(documents)
        .map((line) => JSON.stringify(line))
        .join('\n'),
      'application/x-ndjson',
    );
    expect(answer.status).toBe(201);
    const items = answer.body['items'] as { id: string; number: string; submission: string }[];
    expect(items.map(({ number }) => number)).toEqual(documents.map(({ number }) => number));
    expect(new Set(items.map(({ submission }) => submission)).size).toBe(3);
    for (const { id, number } of [items[0]!, items[99]!, items[100]!, items[229]!]) {
      expect((await known(id)).body).toMatchObject({ status: 'POSTED', number });
    }
    const [count] = await nodes
      .of('supplier-1')
      .app.get(UnitOfWork)
      .manager.query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM chain_orders o JOIN order_documents d ON d.order_id = o.id AND d.number = ANY($1)',
        [documents.map(({ number }) => number)],
      );
    expect(count!.n).toBe(230);
  });

  it('are accepted many in a transaction, and each that is not is answered with why', async () => {
    const documents = Array.from({ length: 103 }, () => orderDocument());
    const posted = await bulk(JSON.stringify(lines(documents)), 'application/json');
    const ids = (posted.body['items'] as { id: string }[]).map(({ id }) => id);
    for (const id of [ids[99]!, ids[102]!]) await known(id);
    const withdrawn = await core.post(`/v1/orders/${ids[1]}/withdrawal`);
    await supplier.get(`/v1/orders/${ids[1]}`, withdrawn.block);
    const unknown = `0x${'5b'.repeat(32)}`;
    const answer = await supplier.post('/v1/orders/acceptances', { orders: [unknown, ...ids, ids[0]] });
    expect(answer.status).toBe(201);
    const items = answer.body['items'] as { id: string; submission: string | null; refusal: Json | null }[];
    expect(items.map(({ id }) => id)).toEqual([unknown, ...ids, ids[0]]);
    expect(items.filter(({ refusal }) => refusal).map(({ id, refusal }) => [id, refusal!['code']])).toEqual([
      [unknown, 'ORDER_UNKNOWN'],
      [ids[1], 'ORDER_INVALID_TRANSITION'],
    ]);
    const submissions = new Set(items.flatMap(({ submission }) => submission ?? []));
    expect(submissions.size).toBe(2);
    for (const id of [ids[0], ids[102]]) {
      const { body } = await eventually(
        () => core.get(`/v1/orders/${id}`),
        ({ body: order }) => order['status'] === 'ACCEPTED',
      );
      expect(body).toMatchObject({ status: 'ACCEPTED' });
    }
    const byBuyer = await core.post('/v1/orders/acceptances', { orders: [ids[2]] });
    expect([byBuyer.status, byBuyer.body]).toMatchObject([
      422,
      { code: 'ITEMS_REFUSED', facts: { items: [{ submission: null, refusal: { code: 'ORDER_UNAUTHORIZED' } }] } },
    ]);
    expect(refusalOf(await supplier.post('/v1/orders/acceptances', { orders: [] }))).toEqual([400, 'REQUEST_INVALID']);
  });

  it('takes an array, all or none', async () => {
    const [good, twice] = [orderDocument(), orderDocument()];
    const bad = await bulk(JSON.stringify(lines([good, orderDocument({ amount: '-1' })])), 'application/json');
    expect(bad.body).toMatchObject({ code: 'AMOUNT_INVALID', facts: { item: 1 } });
    const repeated = await bulk(JSON.stringify(lines([good, twice, twice])), 'application/json');
    expect(refusalOf(repeated)).toEqual([409, 'ORDER_NUMBER_ALREADY_POSTED']);
    expect((await bulk(JSON.stringify(lines([good])), 'application/json')).status).toBe(201);
    expect(refusalOf(await bulk('[]', 'application/json'))).toEqual([400, 'REQUEST_INVALID']);
    expect(refusalOf(await bulk('{"supplier": "supplier-1"', 'application/x-ndjson'))).toEqual([
      400,
      'DOCUMENT_MALFORMED',
    ]);
  });
});

it('gives every node the same rows', async () => {
  const rows = (name: string) =>
    nodes
      .of(name)
      .app.get(UnitOfWork)
      .manager.query('SELECT * FROM chain_orders o, LATERAL (SELECT count(*) FROM chain_order_changes) c ORDER BY id');
  const expected = await rows('core');
  expect(expected.length).toBeGreaterThan(200);
  expect(await rows('bank-a')).toEqual(expected);
});

describe('a framework contract', () => {
  const terms = { amount: '1000.00', validUntil: '2100-12-31' };
  const callOff = (amount: string, quantity: string, change: Json = {}) =>
    orderDocument({ amount, lines: [{ id: '1', item: 'PAINT', quantity, unit: 'LTR', amount }], ...change });

  async function framework(change: Json = {}): Promise<{ id: string; number: string }> {
    const document = orderDocument({ ...terms, ...change });
    const answer = await post(document, 'supplier=supplier-1&type=FRAMEWORK');
    expect(answer).toMatchObject({ status: 201, body: { type: 'FRAMEWORK', status: 'POSTED', framework: null } });
    const id = idOf(answer);
    await known(id);
    const accepting = await supplier.post(`/v1/orders/${id}/acceptance`);
    expect(accepting).toMatchObject({ status: 201, body: { status: 'ACCEPTED', type: 'FRAMEWORK' } });
    await at(core, `/v1/orders/${id}`, accepting);
    return { id, number: String(document['number']) };
  }
  const calledOff = async (id: string, document: Json): Promise<string> => {
    const answer = await post(document, `framework=${id}`);
    expect(answer).toMatchObject({ status: 201, body: { type: 'ORDER', framework: id, supplier: 'supplier-1' } });
    await known(idOf(answer));
    return idOf(answer);
  };
  const amountLeft = async (id: string, by = core) =>
    ((await by.get(`/v1/orders/${id}/allowance`)).body['amount'] as Json)['remaining'];

  it('is called off within what it allows, and both nodes say by how much an order is beyond it', async () => {
    const { id, number } = await framework();
    const first = await calledOff(id, callOff('600.00', '60', { contract: number }));
    expect((await supplier.post(`/v1/orders/${first}/acceptance`)).status).toBe(201);
    expect((await supplier.get(`/v1/orders/${id}/allowance`)).body).toEqual({
      currency: 'EUR',
      amount: { ceiling: '1000.00', calledOff: '600.00', remaining: '400.00' },
      lines: [
        { line: '1', item: 'PAINT', unit: 'LTR', ceiling: '100', calledOff: '60', remaining: '40' },
        { line: '2', item: 'BRUSH', unit: 'C62', ceiling: '5', calledOff: '0', remaining: '5' },
      ],
    });
    const beyond = await post(callOff('400.01', '1'), `framework=${id}`);
    expect(beyond).toMatchObject({
      status: 409,
      body: { code: 'FRAMEWORK_EXCEEDED', facts: { remaining: '400.00', asked: '400.01', excess: '0.01' } },
    });
    const tooMany = await post(callOff('1.00', '40.5'), `framework=${id}`);
    expect(tooMany.body).toMatchObject({ code: 'FRAMEWORK_EXCEEDED', facts: { line: '1', excess: '0.5' } });

    const { status } = await core.post(`/v1/orders/${first}/changes`, {
      document: changeDocument(String((await core.get(`/v1/orders/${first}`)).body['number']), {
        lines: [{ id: '1', item: 'PAINT', quantity: '100', unit: 'LTR', amount: '1000.01', status: 'Revised' }],
      }),
    });
    expect(status).toBe(409);
    const listed = await supplier.get(`/v1/orders?framework=${id}`);
    expect((listed.body['items'] as Json[]).map((order) => order['id'])).toEqual([first]);
    const history = await core.get(`/v1/orders/${first}/history`);
    expect((history.body['items'] as Json[]).map(({ event }) => event)).toEqual([
      'OrderPosted',
      'OrderCalledOff',
      'OrderAccepted',
    ]);
  });

  it('is kept by the supplier’s node too: what came first is served first, and nothing is accepted as something else', async () => {
    const { id } = await framework();
    const { app } = nodes.of('core');
    const supplierId = nodes.of('supplier-1').number;
    const sent = async (document: Json, framing: Framing): Promise<string> => {
      const parsed = importDocument(Buffer.from(JSON.stringify(document)), 'application/json');
      const draft = { document: documentOf(parsed, 'ORDER'), supplier: supplierId, framing };
      const [made] = await app.get(UnitOfWork).run(() => app.get(PostOrders, { strict: false }).run([draft]));
      await known(made!.id);
      return made!.id;
    };
    const calls = { type: 'ORDER', framework: id as Hex } as const;
    const first = await sent(callOff('700.00', '1'), calls);
    const second = await sent(callOff('300.01', '1'), calls);
    const third = await sent(callOff('5.00', '1'), calls);
    const accept = (order: string) => supplier.post(`/v1/orders/${order}/acceptance`);
    expect(await accept(second)).toMatchObject({ body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '0.01' } } });
    expect((await accept(first)).status).toBe(201);
    expect((await supplier.post(`/v1/orders/${second}/rejection`)).status).toBe(201);
    expect((await accept(third)).status).toBe(201);

    const { app: theirs } = nodes.of('supplier-1');
    const plain = await posted();
    await theirs
      .get(UnitOfWork)
      .manager.query(`UPDATE chain_orders SET framework = $2 WHERE id = decode(substr($1, 3), 'hex')`, [
        plain.id,
        Buffer.from(id.slice(2), 'hex'),
      ]);
    expect(refusalOf(await accept(plain.id))).toEqual([422, 'FRAMEWORK_MISMATCH']);
    await theirs
      .get(UnitOfWork)
      .manager.query(`UPDATE chain_orders SET framework = NULL WHERE id = decode(substr($1, 3), 'hex')`, [plain.id]);
  });

  it('is called off by an order that names its number, but not in bulk', async () => {
    const { id, number } = await framework();
    const document = callOff('10.00', '1', { contract: number.toLowerCase() });
    expect(await post(document)).toMatchObject({ status: 201, body: { framework: id } });
    const bulk = await core.post('/v1/orders/bulk', [
      { supplier: 'supplier-1', document: callOff('1.00', '1', { contract: number }) },
    ]);
    expect(refusalOf(bulk)).toEqual([422, 'FRAMEWORK_POSTED_ALONE']);
    const other = await post(callOff('1.00', '1', { contract: 'FW-OTHER' }), `framework=${id}`);
    expect(refusalOf(other)).toEqual([422, 'FRAMEWORK_MISMATCH']);
  });

  it('gives back what is rejected, and is not overdrawn by two at once', async () => {
    const { id } = await framework();
    const both = await Promise.all(['600.00', '600.00'].map((amount) => post(callOff(amount, '1'), `framework=${id}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const posted = idOf(both.find(({ status }) => status === 201)!);
    expect(await amountLeft(id)).toBe('400.00');
    await known(posted);
    const rejected = await supplier.post(`/v1/orders/${posted}/rejection`, { reason: 'no capacity' });
    await at(core, `/v1/orders/${id}`, rejected);
    expect(await amountLeft(id)).toBe('1000.00');
  });

  it('is not delivered on, invoiced or financed itself', async () => {
    const { id } = await framework();
    const refusals = [
      await supplier.post(`/v1/orders/${id}/milestones`, { kind: 'PRODUCTION_STARTED' }),
      await core.post(`/v1/orders/${id}/participants`, { member: 'bank-a', kinds: [], until: '2100-01-01T00:00:00Z' }),
      await supplier.post('/v1/financings', {
        ...{ order: id, lender: 'bank-a', requested: { amount: '1.00', currency: 'EUR' } },
      }),
    ];
    for (const refused of refusals) expect(refusalOf(refused)).toEqual([409, 'ORDER_IS_FRAMEWORK']);
  });

  it('names its end, and is called off by its buyer while it is in force', async () => {
    const endless = await post(orderDocument(), 'supplier=supplier-1&type=FRAMEWORK');
    expect(refusalOf(endless)).toEqual([422, 'FRAMEWORK_END_MISSING']);
    const backwards = orderDocument({ validFrom: '2090-01-02', validUntil: '2090-01-01' });
    expect(refusalOf(await post(backwards, 'supplier=supplier-1&type=FRAMEWORK'))).toEqual([
      422,
      'FRAMEWORK_TERM_EMPTY',
    ]);
    const coming = await framework({ validFrom: '2090-01-01' });
    const early = await post(callOff('1.00', '1'), `framework=${coming.id}`);
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'FRAMEWORK_NOT_BEGUN', facts: { validFrom: '2090-01-01' } },
    });
    const { id } = await accepted();
    expect(refusalOf(await post(callOff('1.00', '1'), `framework=${id}`))).toEqual([409, 'ORDER_NOT_FRAMEWORK']);
    expect(refusalOf(await core.get(`/v1/orders/${id}/allowance`))).toEqual([409, 'ORDER_NOT_FRAMEWORK']);
    const contract = await framework();
    await core.post(`/v1/orders/${contract.id}/completion`);
    const ended = await supplier.post(`/v1/orders/${contract.id}/completion`);
    await at(core, `/v1/orders/${contract.id}`, ended);
    const late = await post(callOff('1.00', '1'), `framework=${contract.id}`);
    expect(refusalOf(late)).toEqual([409, 'ORDER_INVALID_STATUS']);
  });
});
