import pg from 'pg';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { arrives, made, Story } from '../financing/testing/story.js';
import { MOST_CLAIMS } from './routes/claims.js';

const UNKNOWN = `0x${'ab'.repeat(32)}`;

describe('a portfolio', () => {
  let nodes: TestNodes;
  let story: Story;
  let order: Json;
  let receivable: Json;
  let rejected: string;

  beforeAll(async () => {
    nodes = await startNodes(['core', 'supplier-1', 'bank-a']);
    story = new Story(nodes);
    const id = await story.acceptedOrder('PO-BOOK');
    await story.receive(id, 90);
    const issued = await story.issued(id, story.invoiceOf('PO-BOOK'));
    await story.confirm(issued, { amount: '96.75' });
    await story.documented(id);
    rejected = String((await withdrawn())['id']);
    order = (await story.core.get(`/v1/registry/orders/${id}`)).body;
    receivable = (await story.core.get(`/v1/registry/receivables/${issued}`)).body;
  });
  afterAll(() => nodes.stop());

  async function withdrawn(): Promise<Json> {
    const document = { ...orderDocument, number: 'PO-GONE' };
    const { id } = made(await story.core.post('/v1/orders?supplier=supplier-1', { document }));
    return made(await story.core.post(`/v1/orders/${String(id)}/withdrawal`));
  }
  const orderDocument = {
    ...{ issueDate: '2026-11-01', currency: 'GBP', amount: '1.00', lines: [] },
    buyer: { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' },
    seller: { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' },
  };

  const verify = async (client: MemberClient, claims: readonly unknown[]) => {
    const { url, apiKey } = client.member;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/x-ndjson' };
    const body = claims.map((claim) => (typeof claim === 'string' ? claim : JSON.stringify(claim))).join('\n');
    const response = await fetch(`${url}/v1/verifications/portfolio`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Json } as Answer;
  };
  const bank = () => nodes.of('bank-a').client;
  const findings = (body: Json) =>
    (body['findings'] as { place: number; code: string }[]).map(({ place, code }) => `${place} ${code}`);

  it('says of each claim what its holder must look at, and nothing of the others', async () => {
    await indexedAt(bank(), 'receivables', String(receivable['id']), 'CONFIRMED');
    await indexedAt(bank(), 'orders', rejected, 'WITHDRAWN');
    const { status, body } = await verify(bank(), [
      { id: order['id'], commitment: order['commitment'] },
      { id: receivable['id'], commitment: receivable['commitment'] },
      { id: receivable['id'], commitment: UNKNOWN, coverVersion: 999 },
      { id: rejected },
      { id: UNKNOWN },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ trust: 'own-index', checked: 5, proven: 4 });
    expect(body['statuses']).toEqual({ ORDER: { ACCEPTED: 1, WITHDRAWN: 1 }, RECEIVABLE: { CONFIRMED: 2 } });
    expect(findings(body)).toEqual([
      '2 COMMITMENT_DIFFERS',
      '2 COVER_VERSION_MOVED',
      '3 ORDER_NOT_IN_FORCE',
      '4 CLAIM_UNKNOWN',
    ]);
  });

  it('compares an order that is plain otherwise with what its holder has', async () => {
    const { id, commitment } = order as { id: string; commitment: string };
    const { coverVersion } = (await nodes.of('bank-a').client.get(`/v1/registry/orders/${id}`)).body;
    const { body } = await verify(bank(), [
      { id, commitment, coverVersion },
      { id, commitment: `0x${'00'.repeat(32)}` },
      { id, coverVersion: Number(coverVersion) + 1 },
      id.replace(/^.*$/, '"$&"'),
      { id, commitment: UNKNOWN },
      { id, coverVersion },
    ]);
    expect(findings(body)).toEqual(['1 COMMITMENT_DIFFERS', '2 COVER_VERSION_MOVED', '4 COMMITMENT_DIFFERS']);
    expect(body).toMatchObject({ checked: 6, proven: 6, statuses: { ORDER: { ACCEPTED: 6 } } });
  });

  it('tells a framework contract from an order', async () => {
    const document = { ...orderDocument, number: 'PO-FRAME' };
    const { id } = made(
      await story.core.post('/v1/orders?supplier=supplier-1&type=FRAMEWORK&expiresAt=2099-01-01T00:00:00Z', {
        document,
      }),
    );
    await arrives(
      () => story.supplier.get(`/v1/orders/${String(id)}`),
      ({ number }) => number !== null,
    );
    made(await story.supplier.post(`/v1/orders/${String(id)}/acceptance`));
    await arrives(
      () => bank().get(`/v1/registry/orders/${String(id)}`),
      ({ status }) => status === 'ACCEPTED',
    );
    const { body } = await verify(bank(), [{ id: order['id'] }, { id }]);
    expect(findings(body)).toEqual(['1 ORDER_IS_FRAMEWORK']);
  });

  it('tells a receivable whose order was cancelled, as its verdict does', async () => {
    const cancelled = await story.acceptedOrder('PO-CANCELLED');
    await story.receive(cancelled, 90);
    const id = await story.issued(cancelled, story.invoiceOf('PO-CANCELLED'));
    await story.confirm(id, { amount: '96.75' });
    await indexedAt(bank(), 'receivables', id, 'CONFIRMED');
    expect((await verify(bank(), [{ id }])).body['findings']).toEqual([]);
    for (const side of [story.core, story.supplier]) made(await side.post(`/v1/orders/${cancelled}/cancellation`));
    await indexedAt(bank(), 'orders', cancelled, 'CANCELLED');
    const { body } = await verify(bank(), [{ id }]);
    const data = { order: cancelled, status: 'CANCELLED' };
    expect(body['findings']).toEqual([{ place: 0, id, code: 'ORDER_NOT_IN_FORCE', data }]);
    const verdict = await story.supplier.get(`/v1/receivables/${id}/verification`);
    expect((verdict.body['fragments'] as Json[]).map(({ reason }) => (reason as Json)['code'])).toContain(
      'ORDER_NOT_IN_FORCE',
    );
  });

  it('takes bare ids', async () => {
    const { body } = await verify(bank(), [`"${String(order['id'])}"`, `"${UNKNOWN}"`]);
    expect(findings(body)).toEqual(['1 CLAIM_UNKNOWN']);
  });

  it('tells a dispute, and whose a claim is', async () => {
    const id = String(receivable['id']);
    const { body: before } = await verify(bank(), [{ id }]);
    expect(findings(before)).toEqual([]);
    const financing = await story.requested('bank-a', { receivable: id });
    await story.offered('bank-a', financing);
    await story.disbursed('bank-a', financing);
    await arrives(
      () => story.core.get(`/v1/registry/receivables/${id}`),
      ({ encumbrance }) => (encumbrance as Json)['state'] === 'ASSIGNED',
    );
    expect(findings((await verify(bank(), [{ id }, { id: order['id'] }])).body)).toEqual([
      '1 ORDER_DESCENDANTS_ENCUMBERED',
    ]);
    expect(findings((await verify(story.core, [{ id }])).body)).toEqual(['0 ENCUMBERED_TO_ANOTHER']);
    const document = { reason: 'Cracked', amount: { amount: '10.00', currency: 'GBP' } };
    made(await story.core.post(`/v1/receivables/${id}/disputes`, document));
    await arrives(
      () => bank().get(`/v1/registry/receivables/${id}`),
      ({ openDisputes }) => openDisputes === 1,
    );
    expect(findings((await verify(bank(), [{ id, coverVersion: 0 }])).body)).toEqual([
      '0 RECEIVABLE_DISPUTED',
      '0 COVER_VERSION_MOVED',
    ]);
  });

  describe('does not believe an index', () => {
    let client: pg.Client;
    let pledged: string;

    beforeAll(async () => {
      client = new pg.Client({ connectionString: nodes.of('bank-a').databaseUrl });
      await client.connect();
      pledged = await story.acceptedOrder('PO-PLEDGED');
      const financing = await story.requested('bank-a', { order: pledged }, '50.00');
      await story.offered('bank-a', financing, { advance: '50.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', financing);
    });
    afterAll(() => client?.end());

    const bytes = (id: string) => Buffer.from(id.slice(2), 'hex');
    const set = (table: string, column: string, value: unknown, key: string, id: string) =>
      client.query(`UPDATE ${table} SET ${column} = $1 WHERE ${key} = $2`, [value, bytes(id)]);
    /** What is said of a claim while a row says other than the chain, and without it. */
    const judged = async (claim: string, alter: () => Promise<unknown>, restore: () => Promise<unknown>) => {
      await alter();
      const altered = await verify(bank(), [{ id: claim }]).finally(restore);
      return [refusalOf(altered), (await verify(bank(), [{ id: claim }])).status];
    };
    const differs = [[503, 'CHAIN_AND_INDEX_DIFFER'], 200];

    it('that has another status', async () => {
      const status = (value: string) => set('chain_orders', 'status', value, 'id', rejected);
      const said = await judged(
        rejected,
        () => status('ACCEPTED'),
        () => status('WITHDRAWN'),
      );
      expect(said).toEqual(differs);
    });

    it.each([
      ['a pledged order', () => pledged],
      ['an assigned receivable', () => String(receivable['id'])],
    ])('that has no encumbrance of %s', async (_, claim) => {
      const move = (from: string, to: string) => set('chain_encumbrances', 'object', bytes(to), 'object', from);
      const said = await judged(
        claim(),
        () => move(claim(), UNKNOWN),
        () => move(UNKNOWN, claim()),
      );
      expect(said).toEqual(differs);
    });

    it('that has another lender’s encumbrance as its own', async () => {
      const { rows } = await client.query<{ lender: Buffer }>(
        'SELECT lender FROM chain_encumbrances WHERE object = $1',
        [bytes(pledged)],
      );
      const lender = (value: Buffer) => set('chain_encumbrances', 'lender', value, 'object', pledged);
      const said = await judged(
        pledged,
        () => lender(Buffer.alloc(20, 1)),
        () => lender(rows[0]!.lender),
      );
      expect(said).toEqual(differs);
    });

    it('that has other orders behind a receivable', async () => {
      const born = (from: string, to: string) =>
        set('chain_receivable_orders', 'receivable', bytes(to), 'receivable', from);
      const id = String(receivable['id']);
      const said = await judged(
        id,
        () => born(id, UNKNOWN),
        () => born(UNKNOWN, id),
      );
      expect(said).toEqual(differs);
    });

    it('that has another status of the order behind a receivable', async () => {
      const status = (value: string) => set('chain_orders', 'status', value, 'id', String(order['id']));
      const said = await judged(
        String(receivable['id']),
        () => status('COMPLETED'),
        () => status('ACCEPTED'),
      );
      expect(said).toEqual(differs);
    });

    it('that counts no encumbered receivables of an order', async () => {
      const count = (value: number) => set('chain_orders', 'encumbered_descendants', value, 'id', String(order['id']));
      const said = await judged(
        String(order['id']),
        () => count(0),
        () => count(1),
      );
      expect(said).toEqual(differs);
    });

    it('that has an order of a batch there only, though it became an object and was pledged since', async () => {
      const { client: core, databaseUrl } = nodes.of('core');
      const document = { ...orderDocument, number: 'PO-OF-A-BATCH', amount: '107.50' };
      const posted = made(await core.post('/v1/orders/bulk?batch=true', [{ supplier: 'supplier-1', document }]));
      const { id } = (posted['items'] as { id: string }[])[0]!;
      const { batch } = await arrives(
        () => story.supplier.get(`/v1/orders/${id}`),
        ({ number }) => typeof number === 'string',
      );
      made(await story.supplier.post(`/v1/orders/batches/${String(batch)}/answer`));
      await arrives(
        () => core.get(`/v1/orders/${id}`),
        ({ status }) => status === 'ACCEPTED',
      );
      expect((await verify(core, [{ id }])).body).toMatchObject({ proven: 1, findings: [] });
      const financing = await story.requested('bank-a', { order: id }, '50.00');
      await story.offered('bank-a', financing, { advance: '50.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', financing);
      await arrives(
        () => verify(core, [{ id }]),
        (body) => findings(body).join() === '0 ENCUMBERED_TO_ANOTHER',
      );
      // It is encumbered before it is disbursed, which is to change no row that was moved away.
      await core.get('/v1/members', Number(await rpc<string>(nodes.anvil.url, 'eth_blockNumber', [])));

      const index = new pg.Client({ connectionString: databaseUrl });
      await index.connect();
      try {
        // Both rows that say what happened to it: without them it is plain again.
        const move = async (from: string, to: string) => {
          for (const [table, key] of Object.entries({ chain_orders: 'id', chain_encumbrances: 'object' }))
            await index.query(`UPDATE ${table} SET ${key} = $1 WHERE ${key} = $2`, [bytes(to), bytes(from)]);
        };
        await move(id, UNKNOWN);
        const altered = await verify(core, [{ id }]).finally(() => move(UNKNOWN, id));
        expect(refusalOf(altered)).toEqual([503, 'CHAIN_AND_INDEX_DIFFER']);
        expect((await verify(core, [{ id }])).status).toBe(200);
      } finally {
        await index.end();
      }
    });

    it('that has a framework contract as an order', async () => {
      const { rows } = await client.query<{ id: Buffer }>(`SELECT id FROM chain_orders WHERE type = 'FRAMEWORK'`);
      const framework = `0x${rows[0]!.id.toString('hex')}`;
      const type = (value: string) => set('chain_orders', 'type', value, 'id', framework);
      const said = await judged(
        framework,
        () => type('ORDER'),
        () => type('FRAMEWORK'),
      );
      expect(said).toEqual(differs);
    });
  });

  it.each([
    ['nothing', []],
    ['no JSON', ['{']],
    ['another form', [{ id: 7 }]],
    ['an unknown member', [{ id: UNKNOWN, price: '1' }]],
    ['a negative version', [{ id: UNKNOWN, coverVersion: -1 }]],
    ['too many', Array.from({ length: MOST_CLAIMS + 1 }, () => `"${UNKNOWN}"`)],
  ])('refuses %s', async (_, claims) => {
    expect(refusalOf(await verify(bank(), claims))).toEqual([400, 'REQUEST_INVALID']);
  });
});

async function indexedAt(client: MemberClient, noun: string, id: string, status: string): Promise<void> {
  await arrives(
    () => client.get(`/v1/registry/${noun}/${id}`),
    (body) => body['status'] === status,
  );
}
