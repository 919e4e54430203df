import type { Json } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { eventually } from '../../../test/support/eventually.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { acts } from './testing/acts.js';
import { changes } from './testing/changes.js';
import { newNumber, orderDocument, orderXml, responseXml } from './testing/documents.js';
import { frameworkChanges } from './testing/framework-changes.js';
import { frameworkContracts } from './testing/framework-contracts.js';
import { many } from './testing/many.js';
import { posting } from './testing/posting.js';
import { at, bank, core, idOf, known, nodes, post, posted, supplier, startWorld, stopWorld } from './testing/world.js';

// One world for all: what it costs to start it is most of what many of these tests cost.
beforeAll(startWorld);
afterAll(stopWorld);

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
    await eventually(
      async () => ({ status: 200, body: { kept: await kept() }, block: -1 }),
      ({ body }) => (body['kept'] as unknown[]).length > 0,
    );
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

posting();
acts();
changes();
many();

it('gives every node the same rows', async () => {
  const rows = (name: string) =>
    nodes
      .of(name)
      .app.get(UnitOfWork)
      .manager.query('SELECT * FROM chain_orders o, LATERAL (SELECT count(*) FROM chain_order_changes) c ORDER BY id');
  const head = Number(await rpc<string>(nodes.anvil.url, 'eth_blockNumber'));
  for (const member of [core, bank]) await member.get('/v1/registry/orders?limit=1', head);
  const expected = await rows('core');
  expect(expected.length).toBeGreaterThan(200);
  expect(await rows('bank-a')).toEqual(expected);
});

frameworkContracts();
frameworkChanges();
