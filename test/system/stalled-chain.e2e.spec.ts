import { arrives, made, Story } from '../../node/src/financing/testing/story.js';
import type { Answer, Json } from '../../scripts/demo/client.js';
import { rpc } from '../../scripts/embedded/rpc.js';
import { eventually } from '../support/eventually.js';
import { startNodes, type TestNodes } from '../support/nodes.js';
import { orderOf } from './support/orders.js';

const MAX_AGE = 2;
/** Posted while the chain stands still. */
const NUMBER = 'PO-WAITING';

let nodes: TestNodes;
let story: Story;
let order: string;
/** A request that awaits the bank's offer when the chain stands still. */
let financing: string;
/** Order of its receivable. */
let behind: string;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a'], { settings: { maxBlockAgeSeconds: MAX_AGE } });
  story = new Story({ of: nodes.of, anvil: nodes.anvil });
  order = await story.acceptedOrder('PO-BEFORE');
  const receivable = await story.confirmed({ number: 'PO-CONFIRMED' });
  [behind] = (await story.core.get(`/v1/receivables/${receivable}`)).body['orders'] as [string];
  financing = await story.requested('bank-a', { receivable });
  await appointedAndShown();
});
afterAll(() => nodes?.stop());

/** The bank may record on the order, and was granted some of its fields besides. */
async function appointedAndShown(): Promise<void> {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  made(await story.core.post(`/v1/orders/${order}/participants`, { member: 'bank-a', kinds: ['IN_TRANSIT'], until }));
  const fields = ['/currency', '/amount'];
  const grant = { grantee: 'bank-a', resource: { order }, fields, purpose: 'CREDIT_DECISION', until };
  made(await story.supplier.post('/v1/grants', grant));
  await whileMined(() =>
    arrives(
      () => story.bank('bank-a').get(`/v1/orders/${order}`),
      ({ disclosed }) => (disclosed as Json[] | undefined)?.length === fields.length,
    ),
  );
}

/** Blocks come while this goes on, so that the last one is young enough. */
async function whileMined<T>(run: () => Promise<T>): Promise<T> {
  let over = false;
  const mining = (async () => {
    for (; !over; await new Promise((resolve) => setTimeout(resolve, 200)))
      await rpc(nodes.anvil.url, 'evm_mine').catch(() => undefined);
  })();
  try {
    return await run();
  } finally {
    // And none that was asked for comes later.
    over = true;
    await mining;
  }
}

const chainAsReady = async (): Promise<Json> => {
  const answer = await nodes.of('core').app.inject({ method: 'GET', url: '/ready' });
  const { parts } = answer.json<{ parts: { chain: { facts: Json } } }>();
  return { status: answer.statusCode, ...parts.chain.facts };
};

const stalledFragment = (verdict: Json): Json | undefined =>
  (verdict['fragments'] as { reason?: { code: string }; data?: Json }[]).find(
    ({ reason }) => reason?.code === 'CHAIN_STALLED',
  ) as Json | undefined;

it('says that the chain stands still, goes on reading and proving, and sends what was written once it moves', async () => {
  await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
  const last = Number(await rpc(nodes.anvil.url, 'eth_blockNumber'));
  const verdict = await arrives(
    () => story.core.get(`/v1/orders/${order}/verification`),
    (body) => stalledFragment(body) !== undefined,
  );
  expect(verdict['valid']).toBe(false);
  const fragment = stalledFragment(verdict)!;
  expect(fragment).toMatchObject({ kind: 'STATUS', status: 'INVALID', data: { lastBlock: last } });
  expect((fragment['data'] as Json)['ageSeconds']).toBeGreaterThan(MAX_AGE);
  const ready = await chainAsReady();
  expect(ready).toMatchObject({ status: 200, block: last, stalled: true });

  expect((await story.core.get(`/v1/orders/${order}`)).body).toMatchObject({ id: order, status: 'ACCEPTED' });
  const bundle = await story.core.get(`/v1/orders/${order}/proof`);
  expect(bundle.status).toBe(200);
  expect((await story.core.get(`/v1/orders/${order}/document`)).status).toBe(200);

  // A file that was made at that block shows nothing of what another lender may have done since, at an endpoint that does not stand still.
  await arrives(
    () => story.bank('bank-a').get('/v1/members', last),
    () => true,
  );
  const check = async (query: string) =>
    (await story.bank('bank-a').post(`/v1/verifications${query}`, bundle.body)).body;
  const checked = await check('');
  expect(stalledFragment(checked)).toMatchObject({ kind: 'STATUS', data: { lastBlock: last } });
  expect(checked).toMatchObject({ valid: false, current: { unchanged: null, changed: [] } });
  const anyAge = await check('?maxAge=none');
  expect(stalledFragment(anyAge)).toBeUndefined();
  expect(anyAge).toMatchObject({ valid: true, current: { unchanged: null, changed: [] } });

  // A revocation would not be heard of: nothing that was granted is opened, and nobody is told that it was never shown.
  const offer = await story.bank('bank-a').post(`/v1/financings/${financing}/offer`, await story.terms());
  expect([offer.status, offer.body['code']]).toEqual([503, 'GRANT_INDEX_STALLED']);
  const shown = ['', `/${order}`, `/${order}/disclosure?fields=/amount`, `/${behind}`];
  for (const path of [...shown.map((each) => `/v1/orders${each}`), '/v1/receivables']) {
    const { status, body } = await story.bank('bank-a').get(path);
    expect([path, status, body['code']]).toEqual([path, 503, 'GRANT_INDEX_STALLED']);
  }
  // Who was granted nothing misses nothing.
  for (const path of ['/v1/orders', '/v1/receivables'])
    expect((await story.core.get(path)).body['items']).not.toHaveLength(0);

  const written = await story.core.call('POST', '/v1/orders?supplier=supplier-1', { xml: orderOf(NUMBER), wait: 0 });
  expect([written.status, written.body]).toEqual([202, expect.anything()]);
  const { id } = written.body['submission'] as { id: string };
  const waiting = await story.core.get(`/v1/submissions/${id}`);
  expect(['QUEUED', 'SENT']).toContain(waiting.body['status']);

  const listed = await story.core.get('/v1/submissions?limit=200');
  expect([listed.status, listed.body['items']]).toEqual([
    200,
    expect.arrayContaining([expect.objectContaining({ id })]),
  ]);

  await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
  await whileMined(async () => {
    await arrives(
      () => story.core.get(`/v1/submissions/${id}`),
      ({ status }) => status === 'INCLUDED',
    );
    await arrives(
      () => story.core.get(`/v1/orders/${order}/verification`),
      (body) => stalledFragment(body) === undefined,
    );
    // Whatever is asked may meet a block that is too old while the machine is busy: it goes on once the next one is there.
    await arrives(
      async () => ({ status: 200, body: await chainAsReady(), block: -1 }),
      ({ status, stalled }) => status === 200 && stalled === false,
    );
    await arrives(
      () => story.bank('bank-a').get(`/v1/financings/${financing}`),
      ({ cover }) => cover !== null,
    );
    const offered = await eventually(
      async () => story.bank('bank-a').post(`/v1/financings/${financing}/offer`, await story.terms()),
      ({ status }) => status !== 503,
    );
    made(offered);
    await story.arrives(
      () => story.supplier.get(`/v1/financings/${financing}`),
      ({ status }) => status === 'OFFERED',
    );
    await arrives(
      () => story.bank('bank-a').get('/v1/orders'),
      ({ items }) => (items as Json[]).some(({ id, amount }) => id === order && amount === '107.50'),
    );
  });
  // All of them, page by page, the newest first.
  const pages: string[] = [];
  for (let cursor: unknown = ''; cursor !== null;) {
    const after = cursor === '' ? '' : `&cursor=${String(cursor)}`;
    const page = await story.core.get(`/v1/submissions?status=INCLUDED&limit=2${after}`);
    pages.push(...(page.body['items'] as { id: string }[]).map((each) => each.id));
    cursor = page.body['nextCursor'];
  }
  expect([new Set(pages).size, pages.length > 2, pages.includes(id)]).toEqual([pages.length, true, true]);
  const { body } = await story.core.get(`/v1/orders?number=${NUMBER}`);
  expect(body['items']).toEqual([expect.objectContaining({ id: written.body['id'], status: 'POSTED' })]);
});

it('goes on reading and taking in writes when no endpoint of the chain answers, and stays in service', async () => {
  await nodes.anvil.stop();
  const readiness = async (): Promise<Answer> => {
    const answer = await nodes.of('core').app.inject({ method: 'GET', url: '/ready' });
    return { status: answer.statusCode, body: answer.json<Json>(), block: -1 };
  };
  // Also the process that leads the index.
  const factsOf = ({ parts }: Json, part: string) => (parts as Record<string, { facts?: Json }>)[part]?.facts;
  const cutOff = (body: Json) =>
    factsOf(body, 'chain')?.['reachable'] === false && factsOf(body, 'indexing')?.['awaitsChain'] === true;
  expect(factsOf(await arrives(readiness, cutOff), 'chain')).toMatchObject({ block: expect.any(Number) });
  expect((await story.core.get(`/v1/orders/${order}`)).body).toMatchObject({ id: order, status: 'ACCEPTED' });
  expect((await story.core.get(`/v1/orders/${order}/document`)).status).toBe(200);
  expect((await story.core.get('/v1/members')).status).toBe(200);
  const xml = orderOf('PO-WITHOUT-A-CHAIN');
  const written = await story.core.call('POST', '/v1/orders?supplier=supplier-1', { xml, wait: 0 });
  expect([written.status, written.body]).toEqual([202, expect.anything()]);
  const { id } = written.body['submission'] as { id: string };
  expect((await story.core.get(`/v1/submissions/${id}`)).status).toBe(200);
  const refused = await story.core.get(`/v1/orders/${order}/verification`);
  expect([200, 503]).toContain(refused.status);
  expect(refused.body['valid']).not.toBe(true);
  expect(await arrives(readiness, cutOff)).toMatchObject({ status: 'ready' });
});
