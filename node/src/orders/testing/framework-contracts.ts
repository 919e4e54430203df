import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { documentOf, importDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { PostOrders } from '../commands/post-orders.js';
import type { Framing } from '../domain/order-type.js';
import { changeDocument, orderDocument } from './documents.js';
import { amountLeft, calledOff, callOff, framework } from './frameworks.js';
import { accepted, at, core, idOf, known, nodes, post, posted, supplier } from './world.js';

/** Tests of framework contracts and of the orders that call them off. */
export function frameworkContracts(): void {
  describe('a framework contract', () => {
    it('is called off within what it allows, and both nodes say by how much an order is beyond it', async () => {
      const { id, number } = await framework();
      const first = await calledOff(id, callOff('600.00', '60', { contract: number }));
      const accepting = await supplier.post(`/v1/orders/${first}/acceptance`);
      expect(accepting.status).toBe(201);
      expect((await supplier.get(`/v1/orders/${id}/allowance`)).body).toEqual({
        currency: 'EUR',
        amount: { ceiling: '1000.00', calledOff: '600.00', remaining: '400.00' },
        lines: [
          { line: '1', item: 'PAINT', unit: 'LTR', ceiling: '100', calledOff: '60', remaining: '40' },
          { line: '2', item: 'BRUSH', unit: 'C62', ceiling: '5', calledOff: '0', remaining: '5' },
        ],
      });
      const beyond = await post(callOff('400.01', '1'), `framework=${id}`);
      expect(beyond).toMatchObject({
        status: 409,
        body: { code: 'FRAMEWORK_EXCEEDED', facts: { remaining: '400.00', asked: '400.01', excess: '0.01' } },
      });
      const tooMany = await post(callOff('1.00', '40.5'), `framework=${id}`);
      expect(tooMany.body).toMatchObject({ code: 'FRAMEWORK_EXCEEDED', facts: { line: '1', excess: '0.5' } });

      const { status } = await core.post(`/v1/orders/${first}/changes`, {
        document: changeDocument(String((await core.get(`/v1/orders/${first}`)).body['number']), {
          lines: [{ id: '1', item: 'PAINT', quantity: '100', unit: 'LTR', amount: '1000.01', status: 'Revised' }],
        }),
      });
      expect(status).toBe(409);
      const listed = await supplier.get(`/v1/orders?framework=${id}`);
      expect((listed.body['items'] as Json[]).map((order) => order['id'])).toEqual([first]);
      const history = await at(core, `/v1/orders/${first}/history`, accepting);
      expect((history.body['items'] as Json[]).map(({ event }) => event)).toEqual([
        'OrderPosted',
        'OrderCalledOff',
        'OrderAccepted',
      ]);
    });

    it('is kept by the supplier’s node too: what came first is served first, and nothing is accepted as something else', async () => {
      const { id } = await framework();
      const { app } = nodes.of('core');
      const supplierId = nodes.of('supplier-1').number;
      const sent = async (document: Json, framing: Framing): Promise<string> => {
        const parsed = importDocument(Buffer.from(JSON.stringify(document)), 'application/json');
        const draft = { document: documentOf(parsed, 'ORDER'), supplier: supplierId, framing };
        const [made] = await app.get(UnitOfWork).run(() => app.get(PostOrders, { strict: false }).run([draft]));
        await known(made!.id);
        return made!.id;
      };
      const calls = { type: 'ORDER', framework: id as Hex } as const;
      const first = await sent(callOff('700.00', '1'), calls);
      const second = await sent(callOff('300.01', '1'), calls);
      const third = await sent(callOff('5.00', '1'), calls);
      const accept = (order: string) => supplier.post(`/v1/orders/${order}/acceptance`);
      expect(await accept(second)).toMatchObject({ body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '0.01' } } });
      expect((await accept(first)).status).toBe(201);
      expect((await supplier.post(`/v1/orders/${second}/rejection`)).status).toBe(201);
      expect((await accept(third)).status).toBe(201);

      const { app: theirs } = nodes.of('supplier-1');
      const plain = await posted();
      await theirs
        .get(UnitOfWork)
        .manager.query(`UPDATE chain_orders SET framework = $2 WHERE id = decode(substr($1, 3), 'hex')`, [
          plain.id,
          Buffer.from(id.slice(2), 'hex'),
        ]);
      expect(refusalOf(await accept(plain.id))).toEqual([422, 'FRAMEWORK_MISMATCH']);
      await theirs
        .get(UnitOfWork)
        .manager.query(`UPDATE chain_orders SET framework = NULL WHERE id = decode(substr($1, 3), 'hex')`, [plain.id]);
    });

    it('is called off by an order that names its number, but not in bulk', async () => {
      const { id, number } = await framework();
      const document = callOff('10.00', '1', { contract: number.toLowerCase() });
      expect(await post(document)).toMatchObject({ status: 201, body: { framework: id } });
      const bulk = await core.post('/v1/orders/bulk', [
        { supplier: 'supplier-1', document: callOff('1.00', '1', { contract: number }) },
      ]);
      expect(refusalOf(bulk)).toEqual([422, 'FRAMEWORK_POSTED_ALONE']);
      const some = [undefined, number, 'FW.OTHER', number].map((contract) => callOff('1.00', '1', { contract }));
      const drafts = some.map((document) => ({ supplier: 'supplier-1', document }));
      expect((await core.post('/v1/orders/bulk', drafts)).body['facts']).toEqual({ framework: id, items: [1, 3] });
      const other = await post(callOff('1.00', '1', { contract: 'FW-OTHER' }), `framework=${id}`);
      expect(refusalOf(other)).toEqual([422, 'FRAMEWORK_MISMATCH']);
    });

    it('gives back what is rejected, and is not overdrawn by two at once', async () => {
      const { id } = await framework();
      const both = await Promise.all(
        ['600.00', '600.00'].map((amount) => post(callOff(amount, '1'), `framework=${id}`)),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      const posted = idOf(both.find(({ status }) => status === 201)!);
      expect(await amountLeft(id)).toBe('400.00');
      await known(posted);
      const rejected = await supplier.post(`/v1/orders/${posted}/rejection`, { reason: 'no capacity' });
      await at(core, `/v1/orders/${id}`, rejected);
      expect(await amountLeft(id)).toBe('1000.00');
    });

    it('is not delivered on, invoiced or financed itself', async () => {
      const { id } = await framework();
      const refusals = [
        await supplier.post(`/v1/orders/${id}/milestones`, { kind: 'PRODUCTION_STARTED' }),
        await core.post(`/v1/orders/${id}/participants`, {
          member: 'bank-a',
          kinds: [],
          until: '2100-01-01T00:00:00Z',
        }),
        await supplier.post('/v1/financings', {
          ...{ order: id, lender: 'bank-a', requested: { amount: '1.00', currency: 'EUR' } },
        }),
      ];
      for (const refused of refusals) expect(refusalOf(refused)).toEqual([409, 'ORDER_IS_FRAMEWORK']);
    });

    it('names its end, and is called off by its buyer while it is in force', async () => {
      const endless = await post(orderDocument(), 'supplier=supplier-1&type=FRAMEWORK');
      expect(refusalOf(endless)).toEqual([422, 'FRAMEWORK_END_MISSING']);
      const backwards = orderDocument({ validFrom: '2090-01-02', validUntil: '2090-01-01' });
      expect(refusalOf(await post(backwards, 'supplier=supplier-1&type=FRAMEWORK'))).toEqual([
        422,
        'FRAMEWORK_TERM_EMPTY',
      ]);
      const coming = await framework({ validFrom: '2090-01-01' });
      const early = await post(callOff('1.00', '1'), `framework=${coming.id}`);
      expect(early).toMatchObject({
        status: 409,
        body: { code: 'FRAMEWORK_NOT_BEGUN', facts: { validFrom: '2090-01-01' } },
      });
      const { id } = await accepted();
      expect(refusalOf(await post(callOff('1.00', '1'), `framework=${id}`))).toEqual([409, 'ORDER_NOT_FRAMEWORK']);
      expect(refusalOf(await core.get(`/v1/orders/${id}/allowance`))).toEqual([409, 'ORDER_NOT_FRAMEWORK']);
      const contract = await framework();
      await core.post(`/v1/orders/${contract.id}/completion`);
      const ended = await supplier.post(`/v1/orders/${contract.id}/completion`);
      await at(core, `/v1/orders/${contract.id}`, ended);
      const late = await post(callOff('1.00', '1'), `framework=${contract.id}`);
      expect(refusalOf(late)).toEqual([409, 'ORDER_INVALID_STATUS']);
    });
  });
}
