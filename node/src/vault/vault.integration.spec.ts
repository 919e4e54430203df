import type { Json, MemberClient } from '../../../scripts/demo/client.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { DocumentVault } from '../documents/index.js';
import { Exchange } from '../exchange/index.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import { Orders, toDocumentBody } from '../orders/index.js';
import { orderDocument } from '../orders/testing/documents.js';
import { Rewrap } from './commands/rewrap.handler.js';

const WHY = 'the customer asked for it, ticket 4711';

interface Paged {
  readonly items: Json[];
  readonly nextCursor: string | null;
}

let nodes: TestNodes;
let story: Story;
let core: MemberClient;
let supplier: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
  story = new Story(nodes);
  ({ core, supplier } = story);
});

afterAll(() => nodes?.stop());

/** An order that both sides have completed. */
async function completed(number: string): Promise<string> {
  const order = await story.acceptedOrder(number);
  await complete(order);
  return order;
}

async function complete(order: string): Promise<void> {
  for (const who of [core, supplier]) {
    const { status, body } = await who.post(`/v1/orders/${order}/completion`);
    if (status !== 201) throw new Error(JSON.stringify(body));
  }
  for (const who of [core, supplier]) {
    await arrives(
      () => who.get(`/v1/orders/${order}`),
      ({ status }) => status === 'COMPLETED',
    );
  }
}

it('erases the documents of what is at its end, with a record that any member can check; proofs stay', async () => {
  const order = await completed('PO-ERASED');
  const before = (await core.get(`/v1/orders/${order}/disclosure?fields=/amount,/number`)).body;
  const bundle = (await core.get(`/v1/orders/${order}/proof`)).body;
  const { commitment } = (await core.get(`/v1/registry/orders/${order}`)).body;

  const erased = made(await core.post('/v1/erasures', { resource: { order }, reason: WHY }));
  expect(erased).toMatchObject({ status: 'ERASED', member: 'core', resource: { order }, reason: WHY });
  expect(erased['documents']).toContain(commitment);
  expect((await core.get(`/v1/erasures/${String(erased['id'])}`)).body).toEqual(erased);
  expect((await core.get('/v1/erasures')).body['items']).toEqual([erased]);

  const unit = nodes.of('core').app.get(UnitOfWork);
  const object = [Buffer.from(order.slice(2), 'hex')];
  const left = async (sql: string) => unit.manager.query<unknown[]>(sql, object);
  expect(
    await left('SELECT 1 FROM documents WHERE object = $1 AND (payload IS NOT NULL OR wrapped_key IS NOT NULL)'),
  ).toEqual([]);
  expect(await left('SELECT 1 FROM order_documents WHERE order_id = $1')).toEqual([]);
  expect(await left('SELECT 1 FROM exchange_inbox WHERE object = $1 AND signed IS NOT NULL')).toEqual([]);
  for (const path of ['document', 'document/source', 'disclosure?fields=/amount'])
    expect(refusalOf(await core.get(`/v1/orders/${order}/${path}`))).toEqual([410, 'DOCUMENT_ERASED']);
  const shown = await core.get(`/v1/orders/${order}`);
  expect([shown.status, shown.body['status'], shown.body['number'], shown.body['amount']]).toEqual([
    ...[200, 'COMPLETED', null, null],
  ]);
  expect(JSON.stringify((await core.get('/v1/orders')).body)).not.toContain('PO-ERASED');
  expect(refusalOf(await core.post('/v1/erasures', { resource: { order }, reason: WHY }))).toEqual([
    ...[404, 'ERASURE_NOTHING'],
  ]);
  expect((await supplier.get(`/v1/orders/${order}`)).body).toMatchObject({ number: 'PO-ERASED' });

  const bank = story.bank('bank-a');
  const { disclosure } = before;
  const still = await bank.post('/v1/disclosures/verification', { order, disclosure });
  expect(still.body).toMatchObject({ valid: true, document: commitment });
  const verdict = (await bank.post('/v1/verifications', bundle)).body;
  expect(JSON.stringify(verdict)).not.toMatch(/DISCLOSURE_|BUNDLE_/);

  const judged = async (record: Json) => (await bank.post('/v1/erasures/verification', record)).body;
  expect(await judged(erased)).toEqual({ valid: true, reason: null, keysInDoubt: [] });
  for (const change of [
    { reason: `${WHY}!` },
    { documents: [order] },
    { block: 1 },
    { erasedAt: '2020-01-01T00:00:00Z' },
  ])
    expect(await judged({ ...erased, ...change })).toMatchObject({ valid: false, reason: { code: 'ERASURE_FORGED' } });
  expect(await judged({ ...erased, member: 'supplier-1' })).toMatchObject({
    reason: { code: 'ERASURE_NOT_OF_MEMBER' },
  });

  const early = { ...erased, erasedAt: '1969-07-20T20:17:40Z' };
  expect(refusalOf(await bank.post('/v1/erasures/verification', early))).toEqual([400, 'REQUEST_INVALID']);

  const { items } = (await core.get(`/v1/access-log?order=${order}`)).body as { items: Json[] };
  expect(items.filter(({ outcome }) => outcome === 'ERASED').length).toBe((erased['documents'] as string[]).length);

  // What is invoiced on it all the same its buyer cannot hold against anything.
  const invoice = { document: story.invoiceOf('PO-ERASED') };
  const late = String(made(await supplier.post(`/v1/receivables?order=${order}`, invoice))['id']);
  const setAside = `SELECT reason_code FROM exchange_inbox WHERE object = $1 AND status = 'SET_ASIDE'`;
  expect(await rowIn('core', setAside, [bytes(late)])).toEqual({ reason_code: 'DOCUMENT_ERASED' });
  for (const withoutReceipt of [false, true]) {
    const refused = await core.post(`/v1/receivables/${late}/confirmation`, { withoutReceipt });
    expect(refusalOf(refused)).toEqual([410, 'DOCUMENT_ERASED']);
    expect(refused.body).toMatchObject({ facts: { order } });
  }
});

it('does not give again what it answered about what it erased, nor does anything again', async () => {
  const key = 'PO-ANSWERED';
  const body = { document: orderDocument({ number: key }) };
  const post = () => core.call('POST', '/v1/orders?supplier=supplier-1', { body, key });
  const order = String(made(await post())['id']);
  expect((await post()).body).toMatchObject({ id: order, number: key });
  made(await core.post(`/v1/orders/${order}/withdrawal`));
  // Not before the letter that carries it has arrived.
  const erasing = () => core.post('/v1/erasures', { resource: { order }, reason: WHY });
  made(await eventually(erasing, ({ status }) => status === 201));
  const again = await post();
  expect(refusalOf(again)).toEqual([410, 'IDEMPOTENCY_ANSWER_GONE']);
  expect(again.body).toMatchObject({ facts: { answered: 201 } });
  expect(JSON.stringify(again.body)).not.toContain(key);
});

it('erases an order that came with others in one letter, and keeps nothing of it when it comes again', async () => {
  const [first, second] = await postedTogether('PO-BESIDE-x', 'PO-TAKEN-x');
  made(await core.post(`/v1/orders/${second}/withdrawal`));
  await arrives(
    () => supplier.get(`/v1/orders/${second}`),
    ({ status }) => status === 'WITHDRAWN',
  );
  const { app } = nodes.of('supplier-1');
  const object = [Buffer.from(second.slice(2), 'hex')];
  const rows = (sql: string) => app.get(UnitOfWork).manager.query<unknown[]>(sql, object);
  const facts = () => rows('SELECT 1 FROM order_documents WHERE order_id = $1');
  const letters = () =>
    rows('SELECT signed IS NOT NULL AS kept FROM exchange_inbox WHERE $1 = ANY(carries) ORDER BY seq');
  expect([await facts(), await letters()]).toEqual([[expect.anything()], [{ kept: true }]]);
  made(await supplier.post('/v1/erasures', { resource: { order: second }, reason: WHY }));
  expect([await facts(), await letters()]).toEqual([[], [{ kept: false }]]);
  expect((await supplier.get(`/v1/orders/${first}`)).body).toMatchObject({ number: 'PO-BESIDE-x' });

  await sendAgain(second);
  for (let count = 1; count < 2; count = (await letters()).length)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect([await facts(), await letters()]).toEqual([[], [{ kept: false }, { kept: false }]]);
});

/** Ids of two orders that were posted in one request, once both documents have arrived. */
async function postedTogether(...numbers: [string, string]): Promise<[string, string]> {
  const lines = numbers.map((number) => ({ supplier: 'supplier-1', document: orderDocument({ number }) }));
  const { items } = made(await core.post('/v1/orders/bulk', lines)) as { items: Json[] };
  const ids = items.map(({ id }) => String(id)) as [string, string];
  for (const id of ids) {
    await arrives(
      () => supplier.get(`/v1/orders/${id}`),
      ({ number }) => number !== null,
    );
  }
  return ids;
}

/** The buyer sends the document of an order once more. */
async function sendAgain(order: string): Promise<void> {
  const { app } = nodes.of('core');
  const id = order as Hex;
  const [stored] = await app.get(DocumentVault, { strict: false }).of(id);
  const { tag } = await app.get(Orders, { strict: false }).get(id);
  const body = { orders: [{ order, tag, ...toDocumentBody(stored!.document, stored!.seed) }] };
  const exchange = app.get(Exchange, { strict: false });
  const { number: to } = nodes.of('supplier-1');
  await app.get(UnitOfWork).run(() => exchange.send({ to, type: 'order.document', object: id, body }));
}

it('keeps from no lender what comes after an erasure', async () => {
  const order = await story.acceptedOrder('PO-RETURNED');
  await story.receive(order, 90);
  const financing = await story.requested('bank-a', { order });
  await complete(order);
  const erasing = await eventually(
    () => supplier.post('/v1/erasures', { resource: { order }, reason: WHY }),
    ({ status }) => status === 201,
  );
  made(erasing);

  const root = await story.receive(order, 5, 'RETURNED');
  // Written with the letter, or not at all.
  const shown = 'SELECT FROM financing_shown WHERE financing = $1 AND root = $2';
  await rowIn('supplier-1', shown, [financing, root].map(bytes));

  // Of an order at its end nothing is reserved any more: the request needs no document of it to end in.
  const bank = story.bank('bank-a');
  expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({ status: 'REQUESTED' });
  const declined = await bank.post(`/v1/financings/${financing}/decline`, { reason: 'the order is completed' });
  expect([200, 201]).toContain(declined.status);
  await arrives(
    () => supplier.get(`/v1/financings/${financing}`),
    ({ status, declineReason }) => status === 'DECLINED' && declineReason === 'the order is completed',
  );
});

const bytes = (hex: string) => Buffer.from(hex.slice(2), 'hex');

/** The row that a member's database comes to have. */
async function rowIn(member: string, sql: string, values: unknown[]): Promise<unknown> {
  const { manager } = nodes.of(member).app.get(UnitOfWork);
  for (let left = 600; left > 0; left--) {
    const [row] = await manager.query<unknown[]>(sql, values);
    if (row) return row;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${member} has no row: ${sql}`);
}

it('waits for what an appointed member sent and is set aside, also once its appointment has ended', async () => {
  const order = await story.acceptedOrder('PO-INSPECTED');
  const until = new Date(Date.now() + 86_400_000).toISOString();
  for (const kinds of [['IN_TRANSIT'], []])
    made(await core.post(`/v1/orders/${order}/participants`, { member: 'bank-a', kinds, until }));
  await complete(order);
  const sender = nodes.of('bank-a').app;
  const letter = { to: nodes.of('core').number, type: 'milestone.document', object: order as Hex, body: {} };
  const id = await sender.get(UnitOfWork).run(() => sender.get(Exchange, { strict: false }).send(letter));
  const status = () => rowIn('core', 'SELECT status FROM exchange_inbox WHERE id = $1', [id]);
  expect(await status()).toEqual({ status: 'SET_ASIDE' });
  const refused = await core.post('/v1/erasures', { resource: { order }, reason: WHY });
  expect(refusalOf(refused)).toEqual([409, 'ERASURE_STILL_NEEDED']);
  expect(refused.body).toMatchObject({ facts: { envelope: id } });
  expect(await status()).toEqual({ status: 'SET_ASIDE' });
});

/** The obligor pays a claim in full, and its holder says so. */
async function paid(receivable: string, amount: string): Promise<void> {
  const payments = `/v1/receivables/${receivable}/payments`;
  const { n } = made(await core.post(payments, { amount, reference: 'R1' }));
  await arrives(
    () => supplier.get(payments),
    ({ items }) => (items as Json[])[0]?.['amount'] !== undefined,
  );
  made(await supplier.post(`${payments}/${String(n)}/acknowledgement`));
  await arrives(
    () => core.get(`/v1/receivables/${receivable}`),
    ({ status }) => status === 'SETTLED',
  );
}

it('keeps documents of a claim that is paid until its order and all other claims on that have ended', async () => {
  const number = 'PO-PARTLY';
  const order = await story.acceptedOrder(number);
  await story.receive(order, 100);
  const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity: 50, amount: '50.00', orderLine: '1' }];
  const half = (n: number) =>
    story.invoiceOf(number, { number: `INV-PARTLY-${n}`, lines, amount: '50.00', taxAmount: undefined });
  const first = await story.confirm(await story.issued(order, half(1)), {});
  await paid(first, '50.00');
  const erase = () => core.post('/v1/erasures', { resource: { receivable: first }, reason: WHY });
  const refused = await erase();
  expect(refusalOf(refused)).toEqual([409, 'ERASURE_STILL_NEEDED']);
  expect(refused.body).toMatchObject({ facts: { order, status: 'ACCEPTED' } });

  // By what the first took of the goods.
  const second = await story.confirm(await story.issued(order, half(2)), {});
  await complete(order);
  expect((await erase()).body).toMatchObject({ facts: { receivable: second, status: 'CONFIRMED' } });
  await paid(second, '50.00');
  /** Of tags at a member: whether each has the signature by which the number could be guessed. */
  const guessable = async (member: string, from: string, object: string) => {
    const { manager } = nodes.of(member).app.get(UnitOfWork);
    const rows = await manager.query<{ open: boolean }[]>(`SELECT tag ? 'signature' AS open FROM ${from}`, [
      bytes(object),
    ]);
    return rows.map(({ open }) => open);
  };
  const fingerprints = () =>
    guessable('core', 'receivable_fingerprints, jsonb_array_elements(fingerprints) tag WHERE receivable = $1', first);
  expect(await fingerprints()).toEqual([true]);
  made(await eventually(erase, ({ status }) => status === 201));
  expect(await fingerprints()).toEqual([false]);

  const orderTags = () =>
    guessable('supplier-1', 'order_tags, jsonb_array_elements(tags) tag WHERE order_id = $1', order);
  expect(await orderTags()).toEqual([true]);
  const eraseOrder = () => supplier.post('/v1/erasures', { resource: { order }, reason: WHY });
  made(await eventually(eraseOrder, ({ status }) => status === 201));
  expect(await orderTags()).toEqual([false]);
});

it('erases nothing that is needed still, nor for anybody but an administrator, nor without a reason', async () => {
  const order = await story.acceptedOrder('PO-NEEDED');
  const ask = (resource: Json, reason = WHY) => core.post('/v1/erasures', { resource, reason });
  expect(refusalOf(await ask({ order }))).toEqual([409, 'ERASURE_STILL_NEEDED']);
  const receivable = await story.confirmed({ number: 'PO-CLAIM' });
  expect(refusalOf(await ask({ receivable }))).toEqual([409, 'ERASURE_STILL_NEEDED']);
  expect(refusalOf(await ask({ order: `0x${'00'.repeat(32)}` }))).toEqual([404, 'ORDER_UNKNOWN']);
  expect(refusalOf(await ask({ order }, 'why'))).toEqual([400, 'REQUEST_INVALID']);
  const desk = await nodes.of('core').clientWith('ORDER_DESK', 'AUDITOR');
  expect(refusalOf(await desk.post('/v1/erasures', { resource: { order }, reason: WHY }))).toEqual([403, 'FORBIDDEN']);
  expect(refusalOf(await core.get('/v1/erasures/none'))).toEqual([404, 'ERASURE_UNKNOWN']);
  expect((await core.get(`/v1/orders/${order}/document`)).status).toBe(200);
});

it('lists records of erasures a page at a time, the latest first', async () => {
  const { manager } = nodes.of('core').app.get(UnitOfWork);
  const year = (n: number) => Date.UTC(2090 + n) / 1000;
  for (const erasedAt of [year(1), year(2), year(2)])
    await manager.query(
      `INSERT INTO erasures (id, object, on_order, documents, reason, erased_at, block, account, signature)
       VALUES (gen_random_uuid(), $1, true, ARRAY[$1::bytea], $2, $3, 1, $4, $5)`,
      [Buffer.alloc(32, 1), WHY, erasedAt, Buffer.alloc(20), Buffer.alloc(65)],
    );
  const page = async (query: string) => (await core.get(`/v1/erasures?limit=2${query}`)).body as unknown as Paged;
  const first = await page('');
  const second = await page(`&cursor=${first.nextCursor}`);
  const listed = [...first.items, ...second.items.slice(0, 1)];
  expect(listed.map(({ erasedAt }) => String(erasedAt).slice(0, 4))).toEqual(['2092', '2092', '2091']);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(3);
  await manager.query('DELETE FROM erasures WHERE erased_at >= $1', [year(1)]);
  expect((await core.get('/v1/erasures')).body['nextCursor']).toBeNull();
});

it('erases nothing in the name of a revoked operator, whose earlier records are marked wherever they place themselves', async () => {
  const [first, second] = [await completed('PO-BEFORE'), await completed('PO-AFTER')];
  const erase = (order: string) => supplier.post('/v1/erasures', { resource: { order }, reason: WHY });
  const erased = made(
    await eventually(
      () => erase(first),
      ({ status }) => status === 201,
    ),
  );
  const account = String(erased['account']);
  // After the block that the record names.
  const inDoubtFrom = Number(erased['block']) + 1;
  await nodes.passTime(1);
  const revoked = await supplier.post(`/v1/keys/${account}/revocation`, { inDoubtFrom });
  expect([revoked.status, revoked.body['status']]).toEqual([201, 'REVOKED']);

  expect(refusalOf(await erase(second))).toEqual([403, 'MEMBER_KEY_REVOKED']);
  expect((await supplier.get(`/v1/orders/${second}/document`)).status).toBe(200);
  expect((await core.get('/v1/members', revoked.block)).status).toBe(200);
  expect((await core.post('/v1/erasures/verification', erased)).body).toEqual({
    ...{ valid: true, reason: null },
    keysInDoubt: [account],
  });
});

it('shows which keys of the node are in use, and wraps anew what is under a former one', async () => {
  const { body } = await core.get('/v1/vault');
  expect(body).toMatchObject({ status: 'CURRENT', keys: [{ state: 'CURRENT' }] });
  const [key] = body['keys'] as { id: string; documents: number }[];
  expect(key!.documents).toBeGreaterThan(0);
  const unit = nodes.of('core').app.get(UnitOfWork);
  await unit.manager.query(`UPDATE documents SET node_key = 'ffff' WHERE wrapped_key IS NOT NULL`);
  expect((await core.get('/v1/vault')).body).toMatchObject({ status: 'KEY_MISSING' });
  await unit.manager.query('UPDATE documents SET node_key = NULL WHERE wrapped_key IS NOT NULL');
  expect((await core.get('/v1/vault')).body).toMatchObject({ keys: [{ documents: expect.any(Number) }] });
  await nodes.of('core').app.get(Rewrap).handle();
  expect((await core.get('/v1/vault')).body).toMatchObject({ status: 'CURRENT' });
  expect(refusalOf(await (await nodes.of('core').clientWith('AUDITOR')).get('/v1/vault'))).toEqual([403, 'FORBIDDEN']);
});
