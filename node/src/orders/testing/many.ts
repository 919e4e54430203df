import type { Json } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { newNumber, orderDocument } from './documents.js';
import { bank, core, known, nodes, posted, supplier } from './world.js';

/** Tests of lists, and of orders by the hundred. */
export function many(): void {
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
      const atSupplier = async () => {
        const [body] = await nodes
          .of('supplier-1')
          .app.get(UnitOfWork)
          .manager.query<{ n: number }[]>(
            'SELECT count(*)::int AS n FROM chain_orders o JOIN order_documents d ON d.order_id = o.id AND d.number = ANY($1)',
            [documents.map(({ number }) => number)],
          );
        return { status: 200, body: { ...body }, block: 0 };
      };
      const { body } = await eventually(atSupplier, (count) => Number(count.body['n']) >= 230);
      expect(body).toEqual({ n: 230 });
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
      expect(refusalOf(await supplier.post('/v1/orders/acceptances', { orders: [] }))).toEqual([
        400,
        'REQUEST_INVALID',
      ]);
    });

    it('takes an array, all or none', async () => {
      const [good, twice] = [orderDocument(), orderDocument()];
      const bad = await bulk(JSON.stringify(lines([good, orderDocument({ amount: '-1' })])), 'application/json');
      expect(bad.body).toMatchObject({ code: 'AMOUNT_INVALID', facts: { item: 1 } });
      const repeated = await bulk(JSON.stringify(lines([good, twice, twice])), 'application/json');
      expect(refusalOf(repeated)).toEqual([409, 'ORDER_NUMBER_ALREADY_POSTED']);
      const accepted = await bulk(JSON.stringify(lines([good])), 'application/json');
      expect(accepted.status).toBe(201);
      await known((accepted.body['items'] as { id: string }[])[0]!.id);
      expect(refusalOf(await bulk('[]', 'application/json'))).toEqual([400, 'REQUEST_INVALID']);
      expect(refusalOf(await bulk('{"supplier": "supplier-1"', 'application/x-ndjson'))).toEqual([
        400,
        'DOCUMENT_MALFORMED',
      ]);
    });
  });
}
