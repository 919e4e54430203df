import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { newNumber, orderDocument, responseXml, SELLER } from './documents.js';
import { accepted, at, bank, cancellation, core, counterOffer, nodes, posted, statusOf, supplier } from './world.js';

const UNKNOWN = `0x${'12'.repeat(32)}`;

/** Tests of what either side does to an order, in each state. */
export function acts(): void {
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
      expect(early.body).toMatchObject({
        code: 'ORDER_INVALID_TRANSITION',
        facts: { from: 'POSTED', to: 'CANCELLED' },
      });
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
      const reason = {
        code: 'ORDER_COMMITMENT_MISMATCH',
        detail: expect.stringContaining('or a release of another canonical form committed to it'),
      };
      expect(aside.body['items']).toMatchObject([{ direction: 'IN', reason }]);

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

    it('takes an empty document for one that was lost, not for none', async () => {
      const { id } = await posted();
      for (const act of ['acceptance', 'rejection', 'cancellation', 'milestones?kind=RECEIVED']) {
        const answer = await supplier.postXml(`/v1/orders/${id}/${act}`, '');
        expect([act, ...refusalOf(answer)]).toEqual([act, 400, 'DOCUMENT_MALFORMED']);
      }
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
      const cancelled = await cancel(supplier);
      expect(cancelled.body['status']).toBe('CANCELLED');
      await at(core, `/v1/orders/${id}`, cancelled);
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
}
