import type { Answer, Json } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from './story.js';
import { nodes, story } from './world.js';

const OTHER = `0x${'5e'.repeat(32)}`;

/** Tests of changes of orders that lenders have a claim on. */
export function changesOfFinancedOrders(): void {
  const post = (member: string, path: string, body?: Json) => nodes.of(member).client.post(path, body);
  const get = (member: string, path: string) => nodes.of(member).client.get(path);
  const money = (amount: string) => ({ amount, currency: 'GBP' });

  /** A change of such an order to `quantity` rings, on its way to the other side. */
  const proposed = async (by: string, order: string, number: string, quantity: number): Promise<string> => {
    const { payer: buyer, payee: seller, currency } = story.invoiceOf(number);
    const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity, amount: `${quantity}.00` }];
    const change = {
      ...{ kind: 'ORDER_CHANGE', number: `${number}-C${quantity}`, issueDate: '2026-11-20', orderNumber: number },
      ...{ currency, buyer, seller, lines, amount: `${quantity}.00` },
    };
    const { pendingVersion } = made(await post(by, `/v1/orders/${order}/changes`, { document: change }));
    return `/v1/orders/${order}/changes/${String(pendingVersion)}/acceptance`;
  };
  /** The change to `version`, once the lender has been shown it. */
  const shown = async (bank: string, financing: string, version: number): Promise<Json> => {
    const { items } = await arrives(
      () => get(bank, `/v1/financings/${financing}/changes`),
      ({ items }) => {
        const [first] = items as Json[];
        return first?.['version'] === version && (first['shown'] as Json[] | undefined)?.length !== 0;
      },
    );
    return (items as Json[])[0]!;
  };
  /** What is said to the acceptance of a change once it is here, and its document. */
  const answered = (by: string, path: string): Promise<Answer> =>
    eventually(
      () => post(by, path),
      ({ body }) => !['ORDER_CHANGE_MISSING', 'ORDER_DOCUMENT_MISSING'].includes(String(body['code'])),
    );
  const consents = (bank: string, financing: string, { order, version, commitment }: Json) =>
    post(bank, `/v1/financings/${financing}/change-consent`, { order, version, commitment });
  /** Accepts the change once the documents and consents that are on their way are here. */
  const accepted = async (by: string, path: string): Promise<Json> =>
    made(
      await eventually(
        () => post(by, path),
        ({ status }: Answer) => status === 201,
      ),
    );
  const version = async (member: string, order: string, wanted: number): Promise<Json> =>
    arrives(
      () => get(member, `/v1/orders/${order}`),
      (body) => body['version'] === wanted,
    );

  describe('a change of a financed order', () => {
    it('takes effect with its lender’s consent, whoever of the two sides proposed it, and not without', async () => {
      const order = await story.acceptedOrder('PO-CHANGED');
      const financing = await story.requested('bank-a', { order }, '40.00');
      await story.offered('bank-a', financing, { advance: money('40.00') });
      await story.disbursed('bank-a', financing);
      const byBuyer = await proposed('core', order, 'PO-CHANGED', 80);
      expect(refusalOf(await answered('supplier-1', byBuyer))).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);
      const change = await shown('bank-a', financing, 2);
      expect(change).toMatchObject({ order, version: 2, proposedBy: 'core' });
      const quantity = { path: '/lines/0/quantity', value: '80' };
      expect(change['shown']).toEqual(expect.arrayContaining([{ path: '/amount', value: '80.00' }, quantity]));
      const refused = [
        await consents('supplier-1', financing, change),
        await consents('bank-a', financing, { ...change, version: 3 }),
        await consents('bank-a', financing, { ...change, commitment: OTHER }),
        await consents('bank-a', financing, { ...change, order: OTHER }),
        await consents('bank-b', financing, change),
      ];
      expect(refused.map(refusalOf)).toEqual([
        [403, 'FINANCING_UNAUTHORIZED'],
        [409, 'ORDER_CHANGE_MISSING'],
        [409, 'ORDER_CHANGE_MISSING'],
        [409, 'ENCUMBRANCE_NOT_OF_LINEAGE'],
        [404, 'FINANCING_UNKNOWN'],
      ]);
      expect(made(await consents('bank-a', financing, change))).toMatchObject({ status: 'DISBURSED' });
      expect(await accepted('supplier-1', byBuyer)).toMatchObject({ version: 2, amount: '80.00' });

      await version('core', order, 2);
      const bySupplier = await proposed('supplier-1', order, 'PO-CHANGED', 90);
      made(await consents('bank-a', financing, await shown('bank-a', financing, 3)));
      expect(await accepted('core', bySupplier)).toMatchObject({ version: 3, amount: '90.00', encumbered: true });
      await version('bank-a', order, 3);
      expect((await get('bank-a', `/v1/financings/${financing}/changes`)).body).toEqual({
        items: [],
        nextCursor: null,
      });

      // A lender that has all its money back is asked still, and so shown, until it releases its claim.
      const repaid = await post('bank-a', `/v1/financings/${financing}/repayments`, {
        amount: '41.00',
        reference: 'R',
      });
      expect(made(repaid)).toMatchObject({ status: 'REPAID' });
      await arrives(
        () => get('supplier-1', `/v1/financings/${financing}`),
        ({ status }) => status === 'REPAID',
      );
      const late = await proposed('core', order, 'PO-CHANGED', 70);
      made(await consents('bank-a', financing, await shown('bank-a', financing, 4)));
      expect(await accepted('supplier-1', late)).toMatchObject({ version: 4, amount: '70.00', encumbered: true });
      for (const member of ['core', 'supplier-1', 'bank-a'])
        expect((await get(member, '/v1/exchange/set-aside')).body).toMatchObject({ items: [] });
    });

    it('waits for the lender of a receivable born from it, but not for one whose reservation lapsed', async () => {
      const order = await story.acceptedOrder('PO-CHANGED-LATE');
      await story.receive(order, 90);
      const receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-CHANGED-LATE')), {
        amount: '96.75',
      });
      await story.documented(order);
      const financing = await story.requested('bank-b', { receivable }, '40.00');
      await story.offered('bank-b', financing, { advance: money('40.00') });
      made(await post('supplier-1', `/v1/financings/${financing}/agreement`));
      await arrives(
        () => get('core', `/v1/orders/${order}`),
        ({ encumbered }) => encumbered === true,
      );
      const path = await proposed('supplier-1', order, 'PO-CHANGED-LATE', 110);
      expect(await answered('core', path)).toMatchObject({
        ...{ status: 409, body: { code: 'ORDER_DESCENDANTS_ENCUMBERED', facts: { encumbered: 1, consented: 0 } } },
      });
      const change = await shown('bank-b', financing, 2);
      made(await consents('bank-b', financing, change));
      expect(await accepted('core', path)).toMatchObject({ version: 2, amount: '110.00' });

      await version('supplier-1', order, 2);
      const again = await proposed('supplier-1', order, 'PO-CHANGED-LATE', 120);
      await nodes.passTime(6 * 86_400);
      await arrives(
        () => get('bank-b', `/v1/financings/${financing}`),
        ({ status }) => status === 'EXPIRED',
      );
      expect(refusalOf(await consents('bank-b', financing, { ...change, version: 3 }))).toEqual([
        409,
        'FINANCING_INVALID_TRANSITION',
      ]);
      expect(await accepted('core', again)).toMatchObject({ version: 3, encumbered: false });
    });
  });
}
