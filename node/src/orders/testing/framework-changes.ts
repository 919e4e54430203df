import { randomUUID } from 'node:crypto';
import type { Answer, Json, MemberClient } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { withoutBlocks } from '../../../../test/support/without-blocks.js';
import { UnitOfWork } from '../../database/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import {
  acceptedCallOffs,
  amountLeft,
  calledOff,
  callOff,
  framework,
  type Numbered,
  proposed,
  read,
} from './frameworks.js';
import { core, idOf, known, nodes, post, posted, supplier } from './world.js';

const accept = (by: MemberClient, id: string, wait?: number) =>
  by.call('POST', `/v1/orders/${id}/changes/2/acceptance`, { body: {}, wait });

/** What a buyer's node would do that is not ours: it runs the act over what its own index says of an order. */
async function cheating(update: string, id: string, act: () => Promise<Answer>): Promise<void> {
  const { manager } = nodes.of('core').app.get(UnitOfWork);
  await manager.query(`UPDATE ${update} = decode(substr($1, 3), 'hex')`, [id]);
  expect(await act()).toMatchObject({ status: 201 });
}

/** Tests of changes of framework contracts, and of what calls them off. */
export function frameworkChanges(): void {
  describe('a framework contract', () => {
    it('is not overdrawn by two changes that one side accepts at once', async () => {
      const { id } = await framework();
      const [first, second] = (await acceptedCallOffs(id, 2)) as [Numbered, Numbered];
      expect((await proposed(core, first, '600.00')).status).toBe(201);
      const beyond = await proposed(core, second, '600.00');
      expect(beyond).toMatchObject({ status: 409, body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '200.00' } } });
      const forgotten = 'chain_order_changes SET proposed_by = 0 WHERE order_id';
      await cheating(forgotten, first.id, () => proposed(core, second, '600.00'));
      for (const order of [first, second]) await read(supplier, order, '600.00');
      const both = await Promise.all([first, second].map((order) => accept(supplier, order.id)));
      expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
      const [late] = [first, second].filter((_, i) => both[i]!.status !== 201);
      expect(await accept(supplier, late!.id)).toMatchObject({
        body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '200.00' } },
      });
      expect(await amountLeft(id, supplier)).toBe('0.00');
    });

    it('is not overdrawn by two changes, one accepted by either side at once', async () => {
      const { id } = await framework();
      const [first, second] = (await acceptedCallOffs(id, 2)) as [Numbered, Numbered];
      expect((await proposed(core, first, '600.00')).status).toBe(201);
      expect((await proposed(supplier, second, '600.00')).status).toBe(201);
      await Promise.all([read(supplier, first, '600.00'), read(core, second, '600.00')]);
      const both = await Promise.all([accept(supplier, first.id), accept(core, second.id)]);
      for (const { status, body } of both)
        expect([status, body]).toMatchObject([409, { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '200.00' } }]);
      const more = await post(callOff('0.01', '1'), `framework=${id}`);
      expect(more).toMatchObject({ status: 409, body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '0.01' } } });
      expect((await core.post(`/v1/orders/${first.id}/changes/2/rejection`)).status).toBe(201);
      expect((await accept(core, second.id)).status).toBe(201);
      expect(await amountLeft(id)).toBe('0.00');
    });

    it('is not taken below what is called off, by either node, and lets no more be called off than it is to be', async () => {
      const { id, number } = await framework();
      const contract = { id, number };
      const order = await calledOff(id, callOff('600.00', '60'));
      const facts = { ceiling: '599.99', calledOff: '600.00', excess: '0.01' };
      expect(await proposed(core, contract, '599.99', { quantity: '60' })).toMatchObject({
        ...{ status: 409, body: { code: 'FRAMEWORK_BELOW_CALLED_OFF', facts } },
      });
      expect(await proposed(supplier, contract, '600.00', { quantity: '59.5' })).toMatchObject({
        ...{ status: 409, body: { code: 'FRAMEWORK_BELOW_CALLED_OFF', facts: { line: '1', excess: '0.5' } } },
      });
      expect((await proposed(core, contract, '700.00', { quantity: '90' })).status).toBe(201);
      const more = await post(callOff('100.01', '1'), `framework=${id}`);
      expect(more).toMatchObject({ status: 409, body: { code: 'FRAMEWORK_EXCEEDED', facts: { excess: '0.01' } } });
      expect((await core.post(`/v1/orders/${id}/changes/2/rejection`)).status).toBe(201);

      const unframed = 'chain_orders SET framework = NULL WHERE id';
      await cheating(unframed, order, () => proposed(core, contract, '500.00', { quantity: '60' }));
      await read(supplier, contract, '500.00');
      expect(await accept(supplier, id)).toMatchObject({
        ...{ status: 409, body: { code: 'FRAMEWORK_BELOW_CALLED_OFF', facts: { excess: '100.00' } } },
      });
    });

    it('holds back what is called off while a change of it is on its way, alone and among many, and loses nothing', async () => {
      const { id, number } = await framework();
      const [order, plain] = [await calledOff(id, callOff('100.00', '1')), (await posted()).id];
      const changing = { status: 503, body: { code: 'TRY_AGAIN', facts: { order: id } } };
      const key = randomUUID();
      const calling = (wait?: number) => {
        const body = { document: callOff('1.00', '1', { number: `CO.${key}` }) };
        return core.call('POST', `/v1/orders?framework=${id}`, { body, key, wait });
      };
      await withoutBlocks(nodes.anvil.url, async () => {
        expect((await proposed(core, { id, number }, '700.00', { quantity: '90', wait: 0 })).status).toBe(202);
        expect(await calling(0)).toMatchObject(changing);
      });
      await read(supplier, { id, number }, '700.00');
      await read(core, { id, number }, '700.00');
      // What is in the index is on its way until its own submission is settled, an instant later.
      const settled = ({ status }: { status: number }) => status !== 503;
      const called = await eventually(() => calling(), settled);
      expect(called.status).toBe(201);
      await known(idOf(called));

      const body = { orders: [plain, order] };
      const many = (wait?: number) => supplier.call('POST', '/v1/orders/acceptances', { body, key, wait });
      await withoutBlocks(nodes.anvil.url, async () => {
        expect((await accept(supplier, id, 0)).status).toBe(202);
        expect(await many(0)).toMatchObject(changing);
        const submissions = nodes.of('supplier-1').app.get(Submissions);
        expect(await submissions.underWay('acceptOrders', [plain, order] as Hex[])).toEqual([]);
      });
      await eventually(
        () => supplier.get(`/v1/orders/${id}`),
        ({ body: { version } }) => version === 2,
      );
      const items = (await eventually(() => many(), settled)).body['items'] as Json[];
      expect(items.map(({ refusal }) => refusal)).toEqual([null, null]);
      for (const accepted of [plain, order]) {
        const seen = await eventually(
          () => supplier.get(`/v1/orders/${accepted}`),
          ({ body: { status } }) => status === 'ACCEPTED',
        );
        expect(seen.body['status']).toBe('ACCEPTED');
      }
    });
  });
}
