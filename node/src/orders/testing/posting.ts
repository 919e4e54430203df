import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { newNumber, orderDocument, orderXml, responseXml, SELLER } from './documents.js';
import { core, nodes, post, posted, supplier } from './world.js';

/** Tests of what is posted, and of what no order can be. */
export function posting(): void {
  describe('posting', () => {
    it('takes an order number once while it stands', async () => {
      const document = orderDocument();
      const number = String(document['number']);
      const clicks = await Promise.all([post(document), post(document), post(document)]);
      expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const again = await post({ ...document, number: number.toLowerCase().replace('-', ' ') });
      expect(refusalOf(again)).toEqual([409, 'ORDER_NUMBER_ALREADY_POSTED']);
      const sameOf = ({ body }: { body: Json }) => (body['facts'] as Json)['same'];
      expect([sameOf(again), sameOf(await post(document))]).toEqual([false, true]);
      const repeated = await post(document, 'supplier=supplier-1&repeat=true');
      expect(repeated.status).toBe(201);
      const other = await post({ ...document, amount: '7.00' }, 'supplier=supplier-1&repeat=true');
      // Of several that stand it is about the one that says the same.
      expect((await post({ ...document, amount: '7.00' })).body['facts']).toMatchObject({
        ...{ same: true, order: other.body['id'] },
      });
      const listed = await core.get(`/v1/orders?number=${number}`);
      expect(listed.body['items']).toHaveLength(3);
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

    it('is on record under the id of its request', async () => {
      const requestId = `from-erp-${newNumber()}`;
      const { url, apiKey } = core.member;
      const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
      const response = await fetch(`${url}/v1/orders?supplier=supplier-1`, {
        method: 'POST',
        headers: { ...headers, prefer: 'wait=60', 'idempotency-key': requestId, 'x-request-id': requestId },
        body: JSON.stringify({ document: orderDocument() }),
      });
      const { id } = (await response.json()) as Json;
      const { items } = (await core.get('/v1/submissions?limit=50')).body as { items: Json[] };
      const own = items.filter((each) => each['requestId'] === requestId);
      expect(own).toMatchObject([{ subject: { type: 'order', id } }]);
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

    it('refuses what it would not look at: a filter of another list, one without a value, what belongs into the query', async () => {
      expect(refusalOf(await core.get('/v1/orders?supplier=supplier-1'))).toEqual([400, 'PARAMETER_UNKNOWN']);
      expect(refusalOf(await core.get('/v1/orders?counterparty='))).toEqual([400, 'PARAMETER_EMPTY']);
      const document = orderDocument();
      const lost = { document, expiresAt: '2099-01-01T00:00:00Z' };
      const answer = await core.post('/v1/orders?supplier=supplier-1', lost);
      expect(refusalOf(answer)).toEqual([400, 'REQUEST_INVALID']);
      expect(answer.body['facts']).toEqual({
        faults: [{ pointer: '/expiresAt', message: 'not taken beside the document' }],
      });
      expect((await core.get(`/v1/orders?number=${String(document['number'])}`)).body['items']).toEqual([]);
    });
  });
}
