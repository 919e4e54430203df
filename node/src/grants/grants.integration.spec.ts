import { jest } from '@jest/globals';
import type { Json, MemberClient } from '../../../scripts/demo/client.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { callAs } from '../../../test/support/on-chain.js';
import { Exchange } from '../exchange/index.js';
import { arrives, made } from '../financing/testing/story.js';
import type { Hex } from '../kernel/hex.js';
import { broughtFields } from './testing/brought-fields.js';
import { covers } from './testing/covers.js';
import { ends } from './testing/ends.js';
import { letters } from './testing/letters.js';
import { logHeads } from './testing/log-heads.js';
import {
  bank,
  copiesOf,
  core,
  DAY,
  granted,
  grantOf,
  known,
  lettersOf,
  looksArrive,
  looksOf,
  nodes,
  pathsOf,
  startWorld,
  stopWorld,
  story,
  supplier,
  THREE,
  time,
} from './testing/world.js';

// One world for all: what it costs to start it is most of what many of these tests cost.
beforeAll(startWorld);
afterAll(stopWorld);

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
  for (const list of ['grants', 'access-log'])
    expect(refusalOf(await core.get(`/v1/${list}?order=${order}&receivable=${order}`))).toEqual([
      400,
      'REQUEST_INVALID',
    ]);

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

it('shows all but what no letter takes, of which its maker is told', async () => {
  const order = await story.acceptedOrder('PO-LARGE');
  const lines = Array.from({ length: 20 }, (_, n) => ({ id: `${n + 1}`, quantity: 4, unit: 'C62', orderLine: '1' }));
  const received = await story.record(order, lines);
  const { commitment } = (await core.get(`/v1/registry/orders/${order}`)).body;
  // More than the order, and less than the receipt.
  const most = jest.spyOn(nodes.of('core').app.get(Exchange, { strict: false }), 'largestBody', 'get');
  most.mockReturnValue(6000);
  try {
    const grant = await granted(core, { order }, { grantee: 'auditor', purpose: 'AUDIT', fields: [''] });
    expect(await copiesOf('auditor', grant)).toEqual([commitment]);
    expect((await core.get(`/v1/grants/${grant}`)).body).toMatchObject({ tooLarge: [received] });
    expect((await nodes.of('auditor').client.get(`/v1/grants/${grant}`)).body).toMatchObject({ tooLarge: [] });
    const fewer = await granted(core, { order }, { grantee: 'auditor', purpose: 'AUDIT', fields: ['/lines/0'] });
    expect((await core.get(`/v1/grants/${fewer}`)).body).toMatchObject({ tooLarge: [] });
  } finally {
    most.mockRestore();
  }
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
letters();

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
  await known(bank, order);
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

it('finds by its number an order of which the number was granted, page by page, and logs the look', async () => {
  const auditor = nodes.of('auditor').client;
  const [first, second, hidden] = [
    await story.acceptedOrder('PO-SOUGHT'),
    await story.acceptedOrder('PO-SOUGHT', { repeat: true }),
    await story.acceptedOrder('PO-SOUGHT', { repeat: true }),
  ];
  await known(auditor, hidden);
  for (const order of [first, second])
    await granted(core, { order }, { grantee: 'auditor', purpose: 'AUDIT', fields: ['/number'] });
  await granted(core, { order: hidden }, { grantee: 'auditor', purpose: 'AUDIT', fields: ['/amount'] });
  const found: Json[] = [];
  for (let cursor: unknown = ''; cursor !== null;) {
    const after = cursor === '' ? '' : `&cursor=${String(cursor)}`;
    const { body } = await auditor.get(`/v1/orders?number=po%20sought&limit=1${after}`);
    found.push(...(body['items'] as Json[]));
    cursor = body['nextCursor'];
  }
  expect(found.map(({ id, number }) => [id, number])).toEqual([second, first].map((id) => [id, 'PO-SOUGHT']));
  expect(await looksOf(auditor, first)).toContainEqual(
    expect.objectContaining({ outcome: 'SHOWN', fields: ['/number'] }),
  );
  expect((await auditor.get('/v1/orders?number=PO-SOUGHT&status=REJECTED')).body['items']).toEqual([]);
  // Its sides find all of them.
  expect((await supplier.get('/v1/orders?number=PO-SOUGHT')).body['items']).toHaveLength(3);
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
  expect(body).toMatchObject({ valid: true, document, inForce: true, status: 'ACCEPTED', reason: null });
  expect((await judge(shown.body)).body).toEqual(body);
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
broughtFields();
ends();
logHeads();
covers();
