import type { AddressInfo } from 'node:net';
import { type Json, type MemberClient } from '../../../scripts/demo/client.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { callAs } from '../../../test/support/on-chain.js';
import { UnitOfWork } from '../database/index.js';
import { toOpening } from './commands/envelopes.js';
import { TakeGrant } from './commands/take-grant.js';
import { GrantStore } from './storage/grant.store.js';
import { Exchange } from '../exchange/index.js';
import { AnchorAccessLog } from '../evidence/commands/anchor-access-log.handler.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import { IndexHead } from '../indexer/index.js';
import { type Hex, toHex } from '../kernel/hex.js';

const DAY = 86_400;
/** Milliseconds, on a busy machine. */
const PATIENCE = 60_000;
const THREE = ['/amount', '/currency', '/lines/*/quantity'];

let nodes: TestNodes;
let story: Story;
let core: MemberClient;
let supplier: MemberClient;
let bank: MemberClient;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b', 'auditor']);
  story = new Story(nodes);
  [core, supplier, bank] = [story.core, story.supplier, story.bank('bank-a')];
});

afterAll(() => nodes?.stop());

const time = async (seconds: number): Promise<string> => new Date(((await story.now()) + seconds) * 1000).toISOString();

const grantOf = async (resource: Json, more: Json = {}): Promise<Json> => ({
  ...{ grantee: 'bank-a', resource, fields: THREE, purpose: 'CREDIT_DECISION', until: await time(DAY) },
  ...more,
});

/** Commitments of what a member keeps under a grant. */
const copiesOf = async (name: string, grant: string): Promise<Hex[]> => {
  const { manager } = nodes.of(name).app.get(UnitOfWork);
  const query = 'SELECT root FROM granted_copies WHERE grant_id = $1';
  return (await manager.query<{ root: Buffer }[]>(query, [bytes(grant)])).map(({ root }) => toHex(root));
};

/** Letters of the supplier's node about a grant or a financing, in the order in which they were written. */
const lettersOf = async (object: string): Promise<[type: string, status: string, empty: boolean][]> => {
  const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
  const query = `SELECT type, status, body IS NULL AS empty FROM exchange_outbox
    WHERE object = $1 AND type IN ('grant.documents', 'financing.request', 'financing.withdrawal') ORDER BY seq`;
  const rows = await manager.query<{ type: string; status: string; empty: boolean }[]>(query, [bytes(object)]);
  return rows.map(({ type, status, empty }) => [type, status, empty]);
};

const comesTo = <T>(look: () => Promise<T>, wanted: (found: T) => boolean): Promise<Json> =>
  arrives(
    async () => ({ status: 200, block: 0, body: { found: await look() } }),
    ({ found }) => wanted(found as T),
    PATIENCE,
  );

/** A grant that has reached its grantee, and with it, if it has begun, what it shows. */
const granted = async (by: MemberClient, resource: Json, more: Json = {}): Promise<string> => {
  const grant = await grantOf(resource, more);
  const id = String(made(await by.post('/v1/grants', grant))['id']);
  await arrives(
    () => nodes.of(String(grant['grantee'])).client.get(`/v1/grants/${id}`),
    () => true,
  );
  if (!('from' in more))
    await comesTo(
      () => copiesOf(String(grant['grantee']), id),
      (roots) => roots.length > 0,
    );
  return id;
};

/** Until a member's node knows of an order at all. */
const known = (who: MemberClient, order: string): Promise<Json> =>
  arrives(
    () => who.get(`/v1/registry/orders/${order}`),
    () => true,
  );

const bytes = (id: string): Buffer => Buffer.from(id.slice(2), 'hex');

const pathsOf = (body: Json): string[] => (body['disclosed'] as { path: string }[]).map(({ path }) => path);

/** Looks in a member's log, oldest first. */
const looksOf = async (who: MemberClient, order: string): Promise<Json[]> => {
  const { body } = await who.get(`/v1/access-log?order=${order}`);
  return (body['items'] as Json[]).reverse();
};

const looksArrive = (who: MemberClient, order: string, count: number): Promise<Json> =>
  arrives(
    () => who.get(`/v1/access-log?order=${order}`),
    ({ items }) => (items as Json[]).length >= count,
  );

it('shows three fields to its grantee, every look to both owners, and nothing once it is revoked', async () => {
  const order = await story.acceptedOrder('PO-THREE');
  await known(bank, order);
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'ORDER_NOT_DISCLOSED']);
  const grant = await granted(supplier, { order });
  const shown = await arrives(
    () => bank.get(`/v1/orders/${order}`),
    () => true,
  );
  expect(shown).toMatchObject({ amount: '107.50', currency: 'GBP', number: null, issueDate: null });
  expect(pathsOf(shown)).toEqual(['/amount', '/currency', '/lines/-', '/lines/0/quantity']);
  expect((await bank.get('/v1/orders')).body['items']).toEqual([
    expect.objectContaining({ id: order, amount: '107.50', number: null }),
  ]);

  expect((await supplier.get(`/v1/grants/${grant}`)).body).toMatchObject({
    ...{ id: grant, side: 'MAKER', status: 'ACTIVE', grantee: 'bank-a', resource: { order }, fields: THREE },
  });
  const atBuyer = await arrives(
    () => core.get(`/v1/grants?order=${order}`),
    ({ items }) => (items as Json[]).length === 1,
  );
  expect(atBuyer['items']).toEqual([expect.objectContaining({ id: grant, side: 'OWNER', maker: 'supplier-1' })]);
  expect(refusalOf(await core.call('DELETE', `/v1/grants/${grant}`))).toEqual([403, 'GRANT_NOT_MAKER']);

  const ended = await supplier.call('DELETE', `/v1/grants/${grant}`);
  expect([ended.status, ended.body['status']]).toEqual([200, 'REVOKED']);
  await arrives(
    () => bank.get(`/v1/grants/${grant}`),
    ({ status }) => status === 'REVOKED',
  );
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'GRANT_REVOKED']);
  expect((await bank.get('/v1/orders')).body['items']).toEqual([]);

  const own = await looksOf(bank, order);
  expect(own.map(({ outcome }) => outcome)).toEqual(['ORDER_NOT_DISCLOSED', 'SHOWN', 'SHOWN', 'GRANT_REVOKED']);
  expect(own[1]).toMatchObject({ grant, purpose: 'CREDIT_DECISION', viewer: 'bank-a', fields: pathsOf(shown) });
  for (const owner of [supplier, core]) {
    await looksArrive(owner, order, 3);
    const told = await looksOf(owner, order);
    expect(told.map(({ outcome }) => outcome)).toEqual(['SHOWN', 'SHOWN', 'GRANT_REVOKED']);
    expect(told.map(({ grant: under, viewer, seenAt }) => [under, viewer, seenAt])).toEqual(
      own.slice(1).map(({ seenAt }) => [grant, 'bank-a', seenAt]),
    );
    expect(told.every(({ reader, envelope }) => reader === null && envelope !== null)).toBe(true);
    expect((await owner.get('/v1/access-log/verification')).body).toMatchObject({ intact: true });
  }
});

it('begins and ends by block time', async () => {
  const order = await story.acceptedOrder('PO-LATER');
  const grant = await granted(supplier, { order }, { from: await time(DAY), until: await time(2 * DAY) });
  await arrives(
    () => bank.get(`/v1/grants/${grant}`),
    ({ status }) => status === 'UPCOMING',
  );
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'GRANT_NOT_STARTED']);
  // Nor has it left its owner's node.
  expect([await copiesOf('bank-a', grant), await lettersOf(grant)]).toEqual([[], []]);
  await nodes.passTime(DAY);
  await arrives(
    () => bank.get(`/v1/orders/${order}`),
    ({ amount }) => amount === '107.50',
  );
  await nodes.passTime(DAY);
  await arrives(
    () => bank.get(`/v1/grants/${grant}`),
    ({ status }) => status === 'EXPIRED',
  );
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'GRANT_EXPIRED']);
});

it('follows what becomes of its order', async () => {
  const order = await story.acceptedOrder('PO-NEWS');
  await granted(core, { order }, { fields: ['/lines/*/quantity'] });
  await arrives(
    () => bank.get(`/v1/orders/${order}`),
    () => true,
  );
  await story.receive(order, 70);
  const quantities = async () => {
    const { body } = await bank.get(`/v1/orders/${order}/milestones`);
    return { status: 200, block: 0, body };
  };
  const { items } = await arrives(quantities, (body) => JSON.stringify(body).includes('"70"'));
  expect(JSON.stringify(items)).not.toContain('RING');
});

it('shows nothing of another trade whose commitment a counterparty puts on the order’s log', async () => {
  const [order, other] = [await story.acceptedOrder('PO-LOG'), await story.acceptedOrder('PO-APART')];
  const grant = await granted(supplier, { order }, { fields: ['/amount', '/lines/*/quantity'] });
  const { body } = await supplier.get(`/v1/orders/${other}`);
  const root = body['commitment'] as Hex;
  const inspected: [Hex, number, Hex, Hex] = [order as Hex, 7, root, `0x${'00'.repeat(32)}`];
  await callAs(nodes.of('core'), order as Hex, { contract: 'OrderRegistry', fn: 'record', args: inspected });
  await story.receive(order, 70);
  const milestones = async (by: MemberClient) => ({ ...(await by.get(`/v1/orders/${order}/milestones`)), block: 0 });
  const shown = await arrives(
    () => milestones(bank),
    (log) => JSON.stringify(log).includes('"70"'),
  );
  expect((shown['items'] as Json[])[0]).not.toHaveProperty('disclosed');
  expect(await copiesOf('bank-a', grant)).not.toContain(root);
  expect(((await milestones(supplier)).body['items'] as Json[])[0]).toMatchObject({ id: root, document: null });
});

it('is believed by the other owner from its two sides alone, and looks under it at what it is for alone', async () => {
  const [order, other] = [await story.acceptedOrder('PO-TOLD'), await story.acceptedOrder('PO-UNTOLD')];
  const grant = await granted(supplier, { order });
  const number = (name: string) => nodes.of(name).number;
  const send = (name: string, type: string, object: string, body: Json) => {
    const { app } = nodes.of(name);
    const letter = { to: number('core'), type, object: object as Hex, body };
    return app.get(UnitOfWork).run(() => app.get(Exchange).send(letter));
  };
  const [id, seed] = ['5e', '7f'].map((byte) => `0x${byte.repeat(32)}`) as [string, string];
  const period = { from: await story.now(), until: (await story.now()) + DAY };
  const terms = { object: order, onOrder: true, purpose: 'CREDIT_DECISION', profile: 1, fields: THREE, ...period };
  const strangers = { id, maker: number('bank-b'), grantee: number('bank-a'), financing: seed, seed, ...terms };
  const own = { ...strangers, id: grant, maker: number('supplier-1'), financing: null };
  const shared = (opening: Json) => ({ opening, needsApproval: false });
  const look = { seenAt: new Date().toISOString(), block: 1, root: null, fields: ['/amount'], purpose: null };
  const looks = { looks: [{ ...look, object: other, outcome: 'SHOWN' }] };
  const letters = [
    await send('bank-b', 'grant.shared', id, shared(strangers)),
    await send('supplier-1', 'grant.shared', grant, shared(own)),
    await send('bank-a', 'grant.looks', grant, looks),
  ];
  const { items } = await arrives(
    () => core.get('/v1/exchange/set-aside'),
    (body) => letters.every((letter) => JSON.stringify(body).includes(letter)),
    PATIENCE,
  );
  expect(JSON.stringify(items).match(/GRANT_INVALID/g)?.length).toBeGreaterThanOrEqual(letters.length);
  expect((await core.get(`/v1/grants/${id}`)).status).toBe(404);
  expect(await looksOf(core, other)).toEqual([]);
});

it('takes its place from an opening that came first and that the chain does not bear', async () => {
  const order = await story.acceptedOrder('PO-SQUATTED');
  const grant = await granted(supplier, { order });
  const { app } = nodes.of('core');
  await arrives(
    () => core.get(`/v1/grants/${grant}`),
    ({ status }) => status === 'ACTIVE',
  );
  const [unit, store] = [app.get(UnitOfWork), app.get(GrantStore)];
  const { grant: right } = (await store.find(grant as Hex))!;
  const wrong = { ...right, commitment: `0x${'5e'.repeat(32)}` as Hex, grantee: nodes.of('bank-b').number };
  await unit.run(async () => {
    await store.displace(wrong);
    await store.add(wrong);
  });
  const shows = async () => (await core.get(`/v1/grants/${grant}`)).body;
  expect(await shows()).toMatchObject({ grantee: 'bank-b', status: 'PENDING' });
  await unit.run(() => app.get(TakeGrant).shared(toOpening(right), false));
  expect(await shows()).toMatchObject({ grantee: 'bank-a', status: 'ACTIVE' });
  const again = unit.run(() => app.get(TakeGrant).shared(toOpening({ ...right, grantee: wrong.grantee }), false));
  await expect(again).rejects.toMatchObject({ code: 'GRANT_INVALID' });
});

it('and a request show nothing that had not left when they were taken back', async () => {
  const order = await story.acceptedOrder('PO-HELD-BACK');
  const grant = await granted(supplier, { order }, { grantee: 'bank-b' });
  await comesTo(
    () => lettersOf(grant),
    (letters) => letters.every(([, status]) => status === 'DELIVERED'),
  );
  const shown = await copiesOf('bank-b', grant);
  const late = nodes.of('bank-b');
  const server = late.app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  server.close();
  server.closeAllConnections();
  await story.receive(order, 40);
  const asked = { order, lender: 'bank-b', requested: { amount: '50.00', currency: 'GBP' } };
  const financing = String(made(await supplier.post('/v1/financings', asked))['id']);
  const waits = (status: string) => (letters: unknown[][]) => letters.some((letter) => letter[1] === status);
  await comesTo(() => lettersOf(grant), waits('READY'));
  await comesTo(() => lettersOf(financing), waits('READY'));
  expect((await supplier.call('DELETE', `/v1/grants/${grant}`)).status).toBe(200);
  made(await supplier.post(`/v1/financings/${financing}/withdrawal`, {}));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  await comesTo(() => lettersOf(grant), waits('DROPPED'));
  await comesTo(
    () => lettersOf(financing),
    (letters) => letters.at(-1)?.[1] === 'DELIVERED',
  );
  expect(await lettersOf(grant)).toEqual([
    ['grant.documents', 'DELIVERED', true],
    ['grant.documents', 'DROPPED', true],
  ]);
  expect(await lettersOf(financing)).toEqual([
    ['financing.request', 'DROPPED', true],
    ['financing.withdrawal', 'DELIVERED', true],
  ]);
  expect((await late.client.get(`/v1/financings/${financing}`)).status).toBe(404);
  expect((await late.client.get('/v1/exchange/set-aside')).body['items']).toEqual([]);
  const file = await late.app
    .get(UnitOfWork)
    .manager.query<{ root: Buffer }[]>('SELECT root FROM credit_files WHERE grant_id = $1', [bytes(grant)]);
  expect([...(await copiesOf('bank-b', grant)), ...file.map(({ root }) => toHex(root))]).toEqual(shown);
});

it('shows a lender that comes late what became of the order before', async () => {
  const order = await story.acceptedOrder('PO-HISTORY');
  await story.receive(order, 40);
  await story.receive(order, 30);
  const late = nodes.of('bank-b').client;
  await granted(supplier, { order }, { grantee: 'bank-b', fields: ['/amount', '/lines/*/quantity'] });
  const milestones = async () => ({ ...(await late.get(`/v1/orders/${order}/milestones`)), block: 0 });
  await arrives(milestones, (body) => /"40".*"30"|"30".*"40"/.test(JSON.stringify(body)));
  const { items } = (await late.get(`/v1/orders/${order}/history`)).body as { items: Json[] };
  expect(items.length).toBeGreaterThanOrEqual(4);
});

it('goes beyond its purpose only with the word of both owners', async () => {
  const order = await story.acceptedOrder('PO-BOTH');
  await known(bank, order);
  const proposed = made(await supplier.post('/v1/grants', await grantOf({ order }, { fields: ['/amount', '/buyer'] })));
  expect(proposed).toMatchObject({ status: 'PROPOSED', beyondProfile: true, madeAt: null });
  const id = String(proposed['id']);
  await arrives(
    () => core.get(`/v1/grants/${id}`),
    ({ status }) => status === 'PROPOSED',
  );
  expect(refusalOf(await supplier.post(`/v1/grants/${id}/approval`))).toEqual([409, 'GRANT_NOTHING_TO_APPROVE']);
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'ORDER_NOT_DISCLOSED']);
  made(await core.post(`/v1/grants/${id}/approval`));
  const shown = await arrives(
    () => bank.get(`/v1/orders/${order}`),
    () => true,
  );
  expect(pathsOf(shown)).toEqual(expect.arrayContaining(['/amount', '/buyer/id', '/buyer/name']));
});

it.each(['supplier-1', 'core'])('that is proposed only is taken back by either owner: %s', async (name) => {
  const order = await story.acceptedOrder(`PO-BACK-${name}`);
  await known(bank, order);
  const proposed = made(await supplier.post('/v1/grants', await grantOf({ order }, { fields: ['/amount', '/buyer'] })));
  const id = String(proposed['id']);
  await arrives(
    () => core.get(`/v1/grants/${id}`),
    ({ status }) => status === 'PROPOSED',
  );
  const [by, other] = name === 'core' ? [core, supplier] : [supplier, core];
  const ended = await by.call('DELETE', `/v1/grants/${id}`);
  expect([ended.status, ended.body['status'], ended.body['madeAt']]).toEqual([200, 'WITHDRAWN', null]);
  await arrives(
    () => other.get(`/v1/grants/${id}`),
    ({ status }) => status === 'WITHDRAWN',
  );
  expect(refusalOf(await core.post(`/v1/grants/${id}/approval`))).toEqual([409, 'GRANT_NOTHING_TO_APPROVE']);
  expect(refusalOf(await other.call('DELETE', `/v1/grants/${id}`))).toEqual([409, 'GRANT_ALREADY_WITHDRAWN']);
  expect(refusalOf(await bank.get(`/v1/orders/${order}`))).toEqual([403, 'ORDER_NOT_DISCLOSED']);
});

it('gives its grantee fields, not the document, and says where they are', async () => {
  const order = await story.acceptedOrder('PO-WHOLE');
  await granted(supplier, { order });
  for (const path of ['document', 'document/source']) {
    const refused = await bank.get(`/v1/orders/${order}/${path}`);
    expect(refusalOf(refused)).toEqual([403, 'ORDER_DOCUMENT_NOT_SHOWN']);
    expect(refused.body).toMatchObject({ facts: { order, disclosure: `/v1/orders/${order}/disclosure` } });
  }
  expect((await core.get(`/v1/orders/${order}/document`)).status).toBe(200);
  const looks = await looksOf(bank, order);
  expect(looks.map(({ outcome }) => outcome)).toEqual(Array(2).fill('ORDER_DOCUMENT_NOT_SHOWN'));
});

it('is refused where it means nothing, with the fact that failed', async () => {
  const order = await story.acceptedOrder('PO-WRONG');
  const refused: [Json, number, string][] = [
    [{ grantee: 'core' }, 422, 'GRANT_GRANTEE_OWNS'],
    [{ grantee: 'nobody' }, 404, 'MEMBER_UNKNOWN'],
    [{ fields: ['/nothing'] }, 422, 'GRANT_FIELD_UNKNOWN'],
    [{ fields: [] }, 400, 'REQUEST_INVALID'],
    [{ fields: ['amount'] }, 400, 'REQUEST_INVALID'],
    [{ purpose: 'CURIOSITY' }, 422, 'PURPOSE_UNKNOWN'],
    [{ purpose: 'AUDIT' }, 422, 'GRANT_PURPOSE_NOT_FOR'],
    [{ until: await time(-DAY) }, 422, 'GRANT_PERIOD_INVALID'],
    [{ from: await time(2 * DAY) }, 422, 'GRANT_PERIOD_INVALID'],
    [{ resource: { order: `0x${'00'.repeat(32)}` } }, 404, 'ORDER_UNKNOWN'],
  ];
  for (const [more, status, code] of refused) {
    expect(refusalOf(await supplier.post('/v1/grants', await grantOf({ order }, more)))).toEqual([status, code]);
  }
  expect(refusalOf(await bank.post('/v1/grants', await grantOf({ order }, { grantee: 'auditor' })))).toEqual([
    ...[403, 'GRANT_NOT_OWNER'],
  ]);
  expect((await supplier.get(`/v1/grants?order=${order}`)).body['items']).toEqual([]);
});

it('of everything is for auditors', async () => {
  const order = await story.acceptedOrder('PO-AUDIT');
  await granted(core, { order }, { grantee: 'auditor', purpose: 'AUDIT', fields: [''] });
  const shown = await arrives(
    () => nodes.of('auditor').client.get(`/v1/orders/${order}`),
    () => true,
  );
  expect(shown).toMatchObject({ number: 'PO-AUDIT', amount: '107.50' });
  expect(pathsOf(shown)).toEqual(expect.arrayContaining(['/seller/name', '/lines/0/item']));
});

it('lets its grantee prove what it shows to an auditor’s node, and no more', async () => {
  const auditor = nodes.of('auditor').client;
  const order = await story.acceptedOrder('PO-PROOF');
  await known(auditor, order);
  const grant = await granted(supplier, { order });
  const shown = await bank.get(`/v1/orders/${order}/disclosure?fields=/amount,/lines/*/quantity`);
  expect(shown.body).toMatchObject({ order, kind: 'ORDER' });
  const { disclosure, document } = shown.body as { disclosure: { fields: Json[] }; document: string };
  const judge = (body: Json) => auditor.post('/v1/disclosures/verification', body);
  const { body } = await judge({ order, disclosure });
  expect(body).toMatchObject({ valid: true, document, reason: null });
  expect(body['fields']).toEqual(expect.arrayContaining([{ path: '/amount', value: '107.50' }]));
  const forged = disclosure.fields.map((field) =>
    field['path'] === '/amount' ? { ...field, value: '207.50' } : field,
  );
  expect((await judge({ order, disclosure: { ...disclosure, fields: forged } })).body).toMatchObject({
    ...{ valid: false, reason: { code: 'DISCLOSURE_MISMATCH' }, fields: [] },
  });
  const other = await story.acceptedOrder('PO-OTHER');
  await known(auditor, other);
  expect((await judge({ order: other, disclosure })).body).toMatchObject({ valid: false });
  expect(refusalOf(await judge({ order: other, disclosure, document }))).toEqual([422, 'DISCLOSURE_NOT_OF_OBJECT']);
  expect(refusalOf(await bank.get(`/v1/orders/${order}/disclosure?fields=/number`))).toEqual([
    ...[403, 'GRANT_FIELDS_EXCEEDED'],
  ]);
  expect(refusalOf(await auditor.get(`/v1/orders/${order}/disclosure?fields=/amount`))).toEqual([
    ...[403, 'ORDER_NOT_DISCLOSED'],
  ]);
  const looks = await looksOf(bank, order);
  expect(looks.map(({ outcome, grant: under }) => [outcome, under])).toEqual([
    ['SHOWN', grant],
    ['GRANT_FIELDS_EXCEEDED', grant],
  ]);
  expect(looks[0]!['fields']).toEqual(['/amount', '/lines/-', '/lines/0/quantity']);
});

it('leaves a credit file, which the auditor alone opens, with a reason that is logged', async () => {
  const order = await story.acceptedOrder('PO-FILE');
  const grant = await granted(supplier, { order });
  await supplier.call('DELETE', `/v1/grants/${grant}`);
  const auditor = await nodes.of('bank-a').clientWith('AUDITOR');
  const { items } = await arrives(
    () => auditor.get('/v1/credit-files'),
    (body) => JSON.stringify(body).includes(grant),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ grant, maker: 'supplier-1', resource: { order }, documents: 1 }),
  );
  const desk = await nodes.of('bank-a').clientWith('LENDER_DESK', 'ADMIN');
  const open = `/v1/credit-files/${grant}/openings`;
  expect(refusalOf(await desk.post(open, { reason: 'out of curiosity' }))).toEqual([403, 'FORBIDDEN']);
  expect(refusalOf(await auditor.post(open, {}))).toEqual([400, 'REQUEST_INVALID']);
  const opened = made(await auditor.post(open, { reason: 'supervision asked, file 7' }));
  expect(JSON.stringify(opened)).toContain('107.50');
  const looks = await looksOf(auditor, order);
  expect(looks.at(-1)).toMatchObject({ outcome: 'SHOWN', purpose: 'CREDIT_FILE', reason: 'supervision asked, file 7' });
  await looksArrive(core, order, 1);
  expect((await looksOf(core, order)).at(-1)).toMatchObject({ purpose: 'CREDIT_FILE', viewer: 'bank-a', reason: null });
  expect(refusalOf(await auditor.post(`/v1/credit-files/${order}/openings`, { reason: 'none is there' }))).toEqual([
    ...[404, 'CREDIT_FILE_UNKNOWN'],
  ]);
});

it('leaves the credit file no longer than its time', async () => {
  const order = await story.acceptedOrder('PO-OLD-FILE');
  const grant = await granted(supplier, { order }, { until: await time(3600) });
  await nodes.passTime(3601);
  const auditor = await nodes.of('bank-a').clientWith('AUDITOR');
  const files = async () => (await auditor.get('/v1/credit-files')).body['items'] as Json[];
  await arrives(
    () => auditor.get('/v1/credit-files'),
    (body) => JSON.stringify(body).includes(grant),
  );
  const unit = nodes.of('bank-a').app.get(UnitOfWork);
  const kept = async () =>
    unit.manager.query<unknown[]>('SELECT 1 FROM credit_files WHERE grant_id = $1', [bytes(grant)]);
  expect(await kept()).toHaveLength(1);
  const [file] = (await files()).filter((each) => each['grant'] === grant);
  const ends = Date.parse(String(file!['retainedUntil'])) / 1000;
  await unit.manager.query('UPDATE credit_files SET retained_until = $2 WHERE grant_id = $1', [
    bytes(grant),
    (await story.now()) + 60,
  ]);
  expect(ends).toBeGreaterThan((await story.now()) + 9 * 365 * DAY);
  await nodes.passTime(61);
  await arrives(
    () => auditor.get('/v1/credit-files'),
    (body) => !JSON.stringify(body).includes(grant),
  );
  expect(await kept()).toEqual([]);
  const open = `/v1/credit-files/${grant}/openings`;
  expect(refusalOf(await auditor.post(open, { reason: 'after its time' }))).toEqual([404, 'CREDIT_FILE_UNKNOWN']);
});

it('of a financing request ends with it', async () => {
  const receivable = await story.confirmed({ number: 'PO-ENDS' });
  const financing = await story.requested('bank-a', { receivable });
  const { items } = (await supplier.get(`/v1/grants?receivable=${receivable}`)).body as { items: Json[] };
  expect(items).toEqual([expect.objectContaining({ financing, status: 'ACTIVE', grantee: 'bank-a' })]);
  const grant = String(items[0]!['id']);
  expect(refusalOf(await supplier.call('DELETE', `/v1/grants/${grant}`))).toEqual([409, 'GRANT_OF_FINANCING']);
  expect((await bank.get(`/v1/receivables/${receivable}`)).body).toMatchObject({ amount: { amount: '107.50' } });
  made(await supplier.post(`/v1/financings/${financing}/withdrawal`, {}));
  await arrives(
    () => bank.get(`/v1/grants/${grant}`),
    ({ status }) => status === 'REVOKED',
  );
  expect(refusalOf(await bank.get(`/v1/receivables/${receivable}`))).toEqual([403, 'GRANT_REVOKED']);
  await arrives(
    () => core.get(`/v1/access-log?grant=${grant}`),
    (body) => JSON.stringify(body).includes('GRANT_REVOKED'),
  );
});

it('cannot be taken out of the log unseen: its head is on chain, and any member can hold the log against it', async () => {
  const { app } = nodes.of('core');
  const anchors = async () => ({ ...(await core.get('/v1/access-log/anchors')), block: 0 });
  const onChain = (body: Json) => (body['items'] as Json[]).filter(({ batch }) => batch !== null).length;
  const head = () => app.get(IndexHead).current().timestamp;
  // One that was due already may be on its way: the time has passed for another when all are on chain and none is due.
  const anchor = async () => {
    const [before, then] = [onChain((await anchors()).body), head() + 3600];
    await nodes.passTime(3600);
    let settled = false;
    const due = async () => {
      const [now, { body }] = [head(), await anchors()];
      await app.get(AnchorAccessLog).handle();
      const after = await anchors();
      // All were on chain before it was asked whether one is due.
      const all = (body['items'] as Json[]).length;
      settled = now >= then && onChain(body) === all && (after.body['items'] as Json[]).length === all;
      return after;
    };
    return arrives(due, (body) => settled && onChain(body) > before, PATIENCE);
  };
  await anchor();
  const { items } = await anchor();
  expect(items).toEqual(expect.arrayContaining([expect.objectContaining({ matches: true })]));
  await app.get(AnchorAccessLog).handle();
  expect((await anchors()).body['items']).toHaveLength((items as Json[]).length);

  const auditor = nodes.of('auditor').client;
  const exported = async () => (await core.get('/v1/access-log/export')).body;
  const judge = (part: Json) => auditor.post('/v1/access-log/verifications', part);
  // The auditor's node may index the last head a moment later, and one more may have become due meanwhile.
  let log: Json = {};
  const sound = await arrives(
    async () => judge((log = await exported())),
    (body) => body['valid'] === true,
    PATIENCE,
  );
  const [rows, heads] = [log['rows'] as Json[], log['heads'] as Json[]];
  expect([rows.length > 5, sound['heads']]).toEqual([true, heads.length]);
  expect(heads.length).toBe(onChain((await anchors()).body));
  const top = Number(heads.at(-1)!['position']);
  expect(sound).toMatchObject({ valid: true, provenTo: top, reason: null });
  const faultOf = async (part: Json) => ((await judge(part)).body['reason'] as Json)['code'];
  expect(await faultOf({ ...log, rows: rows.slice(0, top - 1) })).toBe('LOG_CUT');
  expect(await faultOf({ ...log, heads: heads.slice(0, -1) })).toBe('LOG_HEAD_WITHHELD');
  const end = (await core.get(`/v1/access-log/export?after=${top - 1}`)).body;
  expect((end['rows'] as Json[])[0]).toEqual(rows[top - 1]);
  expect((await judge(end)).body).toMatchObject({ valid: true, provenTo: top });
  expect(refusalOf(await core.get('/v1/access-log/export?after=100000'))).toEqual([404, 'LOG_POSITION_UNKNOWN']);

  // Who owns the database rewrites a row, and all hashes after it.
  const unit = app.get(UnitOfWork);
  await expect(unit.manager.query(`DELETE FROM access_log`)).rejects.toThrow('append-only');
  await unit.manager.query('ALTER TABLE access_log DISABLE TRIGGER USER');
  await unit.manager.query(`UPDATE access_log SET viewer = 'nobody' WHERE position = 2`);
  expect((await core.get('/v1/access-log/verification')).body).toMatchObject({ intact: false, brokenAt: 2 });
  await unit.manager.query('UPDATE access_log SET position = NULL, hash = NULL');
  expect((await core.get('/v1/access-log/verification')).body).toMatchObject({ intact: true });
  await unit.manager.query('ALTER TABLE access_log ENABLE TRIGGER USER');
  expect(((await anchors()).body['items'] as Json[])[0]).toMatchObject({ matches: false });
  expect(await faultOf(await exported())).toBe('LOG_ALTERED');
});
