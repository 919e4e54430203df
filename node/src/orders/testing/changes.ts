import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { callAs } from '../../../../test/support/on-chain.js';
import { made } from '../../financing/testing/story.js';
import type { Hex } from '../../kernel/hex.js';
import { amendingXml, changeDocument, orderDocument, responseXml, SELLER } from './documents.js';
import { accepted, at, core, counterOffer, nodes, post, posted, supplier } from './world.js';

/** Tests of new versions, proposed by an order change or by a supplier’s amending answer. */
export function changes(): void {
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
      expect(refusalOf(await core.post(`/v1/orders/${id}/changes/3/acceptance`))).toEqual([
        409,
        'ORDER_CHANGE_MISSING',
      ]);
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

    it('is what its number says from then on: the order as it was says something else', async () => {
      const { id, number } = await accepted();
      const before = orderDocument({ number });
      const [{ status: _, ...more }, brushes] = [
        (changeDocument(number)['lines'] as Json[])[0]!,
        (before['lines'] as Json[])[1]!,
      ];
      const after = { ...before, amount: '12050.00', lines: [more, brushes] };
      const same = async (document: Json) => (await post(document)).body['facts'];
      expect([await same(before), await same(after)]).toEqual([
        { number, order: id, same: true },
        { number, order: id, same: false },
      ]);
      const proposed = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) });
      await at(supplier, `/v1/orders/${id}`, proposed);
      expect(await same(after)).toMatchObject({ same: false });
      const agreed = await eventually(
        () => supplier.post(`/v1/orders/${id}/changes/2/acceptance`),
        ({ body }) => body['code'] !== 'ORDER_DOCUMENT_MISSING',
      );
      expect(agreed.status).toBe(201);
      await at(core, `/v1/orders/${id}`, agreed);
      expect([await same(before), await same(after)]).toMatchObject([{ same: false }, { same: true }]);
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

    it('is proposed in the same call that accepts what was posted, and answered by who read it', async () => {
      const { id, number } = await posted();
      const path = `/v1/orders/${id}/acceptance-with-changes`;
      expect(refusalOf(await core.postXml(path, amendingXml(number, '80')))).toEqual([403, 'ORDER_UNAUTHORIZED']);
      expect(refusalOf(await supplier.postXml(path, responseXml(number, true)))).toEqual([
        422,
        'ORDER_RESPONSE_CONTRADICTS',
      ]);
      expect(refusalOf(await supplier.post(path))).toEqual([400, 'REQUEST_INVALID']);
      const idle = await supplier.post(path, { document: { note: 'no line of it' } });
      expect(refusalOf(idle)).toEqual([422, 'ORDER_RESPONSE_CONTRADICTS']);
      const clicks = await Promise.all([1, 2].map(() => supplier.postXml(path, amendingXml(number, '80'))));
      const made = clicks.find(({ status }) => status === 201)!;
      expect(clicks.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(made.body).toMatchObject({
        ...{ status: 'ACCEPTED', version: 1, amount: '5050.00', pendingVersion: 2 },
        pendingChange: { version: 2, proposedBy: 'supplier-1', currency: 'EUR', amount: '4050.00' },
      });
      const seen = await eventually(
        () => core.get(`/v1/orders/${id}`),
        ({ body }) => (body['pendingChange'] as Json | null)?.['amount'] === '4050.00',
      );
      const { commitment } = seen.body['pendingChange'] as { commitment: string };
      const { body: read } = await core.get(`/v1/orders/${id}/document?version=2`);
      const fields = new Map((read['fields'] as Json[]).map((field) => [field['path'], field['value']]));
      expect([read['commitment'], fields.get('/lines/0/quantity')]).toEqual([commitment, '80']);

      const answer = (act: string, body?: Json) => core.post(`/v1/orders/${id}/changes/2/${act}`, body);
      const another = { commitment: `0x${'5a'.repeat(32)}` };
      for (const act of ['acceptance', 'rejection'])
        expect(await answer(act, another)).toMatchObject({
          ...{ status: 409, body: { code: 'ORDER_CHANGE_MISSING' } },
          ...{ body: { facts: { pending: commitment, read: another.commitment } } },
        });
      expect((await answer('acceptance', { commitment: '0x12' })).status).toBe(400);
      expect(await answer('acceptance', { commitment })).toMatchObject({
        ...{ status: 201, body: { version: 2, amount: '4050.00', pendingVersion: null, pendingChange: null } },
      });
      expect(refusalOf(await answer('acceptance', { commitment }))).toEqual([409, 'ORDER_CHANGE_MISSING']);
    });

    it('that is declined leaves an order accepted as it was posted', async () => {
      const { id, number } = await posted();
      made(await supplier.postXml(`/v1/orders/${id}/acceptance-with-changes`, amendingXml(number, '80')));
      const { body } = await eventually(
        () => core.get(`/v1/orders/${id}`),
        (answer) => answer.body['pendingVersion'] === 2,
      );
      const { commitment } = body['pendingChange'] as { commitment: string };
      expect(await core.post(`/v1/orders/${id}/changes/2/rejection`, { commitment })).toMatchObject({
        ...{ status: 201, body: { status: 'ACCEPTED', version: 1, amount: '5050.00', pendingChange: null } },
      });
    });

    it('is declined, and proposed anew', async () => {
      const { id, number } = await accepted();
      const proposed = await core.post(`/v1/orders/${id}/changes`, { document: changeDocument(number) });
      await at(supplier, `/v1/orders/${id}`, proposed);
      const declined = await supplier.post(`/v1/orders/${id}/changes/2/rejection`);
      expect(declined).toMatchObject({ status: 201, body: { pendingVersion: null, version: 1 } });
      await at(core, `/v1/orders/${id}`, declined);
      const next = await core.post(`/v1/orders/${id}/changes`, {
        document: changeDocument(number, { amount: '9.00' }),
      });
      await at(supplier, `/v1/orders/${id}`, next);
      const agreed = await eventually(
        () => supplier.post(`/v1/orders/${id}/changes/2/acceptance`),
        ({ body }) => body['code'] !== 'ORDER_DOCUMENT_MISSING',
      );
      expect(agreed.body).toMatchObject({ version: 2, amount: '9.00' });
    });

    it('is none where its commitment is that of another order, or of a version before', async () => {
      const [id, other] = [(await accepted()).id as Hex, (await accepted()).id];
      const commitmentOf = async (order: string) => (await core.get(`/v1/orders/${order}`)).body['commitment'] as Hex;
      for (const root of [await commitmentOf(other), await commitmentOf(id)]) {
        await callAs(nodes.of('core'), id, { contract: 'OrderRegistry', fn: 'proposeChange', args: [id, root] });
        await eventually(
          () => supplier.get(`/v1/orders/${id}`),
          ({ body }) => body['pendingVersion'] === 2,
        );
        const agreed = await supplier.post(`/v1/orders/${id}/changes/2/acceptance`);
        expect(refusalOf(agreed)).toEqual([409, 'ORDER_DOCUMENT_MISSING']);
        const declined = await supplier.post(`/v1/orders/${id}/changes/2/rejection`);
        await at(core, `/v1/orders/${id}`, declined);
      }
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
}
