import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { amounts, get, lent, notified, post, refusals, shows } from './desks.js';
import { made } from './story.js';
import { nodes, story } from './world.js';

/** Tests of payments to the wrong party, of amounts at the edges, and of money that did not come. */
export function moneyAstray(): void {
  describe('money that goes astray', () => {
    it('is paid to the holder after notice: the claim stays open, and its lender is told', async () => {
      const { receivable, financing } = await lent({ number: 'PO-ASTRAY' });
      const claim = `/v1/receivables/${receivable}`;
      await notified(receivable, financing);
      const paid = (more: Json) => post('core', `${claim}/payments`, { reference: 'SEPA', ...more });
      const astray = made(await paid({ amount: '96.75', paidTo: 'supplier-1' }));
      expect(astray).toMatchObject({ status: 'CLAIMED', misdirected: true, paidTo: 'supplier-1' });
      const seen = await shows(
        'bank-a',
        `${claim}/payments`,
        ({ items }) => (items as Json[])[0]?.['paidTo'] !== undefined,
      );
      expect(seen['items']).toMatchObject([{ misdirected: true }]);
      const told = await nodes
        .of('bank-a')
        .app.get(UnitOfWork)
        .manager.query<{ data: Json }[]>(`SELECT data FROM event_news WHERE type = 'receivable.payment.misdirected'`);
      expect(told).toEqual([{ data: { payment: astray['id'] } }]);
      await shows('supplier-1', `${claim}/payments`, ({ items }) => (items as Json[]).length === 1);
      const counted = await post('supplier-1', `${claim}/payments/${String(astray['n'])}/acknowledgement`);
      expect(refusalOf(counted)).toEqual([403, 'PAYMENT_NOT_PAYEE']);
      expect((await get('core', claim)).body).toMatchObject({ status: 'CONFIRMED', outstanding: { amount: '96.75' } });

      // In part, then more than is owed: what is over stays with the lender as the holder's reserve, and unapplied.
      expect(made(await paid({ amount: '40.00' }))).toMatchObject({ misdirected: false, paidTo: 'bank-a' });
      const over = made(await paid({ amount: '60.00' }));
      await shows('bank-a', `${claim}/payments`, ({ items }) => (items as Json[])[2]?.['paidTo'] !== undefined);
      const acknowledge = (n: unknown) => post('bank-a', `${claim}/payments/${String(n)}/acknowledgement`);
      expect(made(await acknowledge(Number(over['n']) - 1))).toMatchObject({ settles: false });
      expect(made(await acknowledge(over['n']))).toMatchObject({ settles: true });
      const advance = `/v1/financings/${financing}`;
      made(await post('bank-a', `${advance}/repayments`, { amount: '40.00', reference: 'IN-1' }));
      const full = made(await post('bank-a', `${advance}/repayments`, { amount: '60.00', reference: 'IN-2' }));
      expect(full).toMatchObject({ status: 'REPAID', applied: { unapplied: { amount: '3.25' } } });
      expect(amounts(full['applied'])).toBe(10_000);
      const { reserve, unapplied } = full['applied'] as Record<string, Json>;
      const released = made(await post('bank-a', `${advance}/release`, { reserve: { reference: 'OUT-2' } }));
      const rest = ((Number(reserve!['amount']) + Number(unapplied!['amount'])) * 100).toFixed(0);
      expect(released).toMatchObject({ status: 'CLOSED', reservePaid: { reference: 'OUT-2' } });
      expect(Number(((released['reservePaid'] as Json)['amount'] as Json)['amount']) * 100).toBeCloseTo(
        Number(rest),
        6,
      );
      await shows('supplier-1', advance, ({ reservePaid }) => (reservePaid as Json | null)?.['reference'] === 'OUT-2');
    });

    it('has amounts at the edges refused on each command, by what is wrong with them', async () => {
      const { receivable, financing } = await lent({ number: 'PO-EDGES' });
      const edges: [string, string][] = [
        ['0', 'AMOUNT_INVALID'],
        ['0.001', 'AMOUNT_INVALID'],
        ['-1', 'AMOUNT_INVALID'],
        ['1e2', 'AMOUNT_INVALID'],
        ['', 'AMOUNT_INVALID'],
      ];
      const commands: [string, string, Json][] = [
        ['core', `/v1/receivables/${receivable}/payments`, { reference: 'R' }],
        ['core', `/v1/receivables/${receivable}/disputes`, { reason: 'R' }],
        ['bank-a', `/v1/financings/${financing}/repayments`, { reference: 'R' }],
        ['bank-a', `/v1/financings/${financing}/repurchase`, { reference: 'R' }],
      ];
      for (const [member, path, body] of commands) {
        for (const [amount, code] of edges) {
          expect([path, amount, refusalOf(await post(member, path, { ...body, amount }))]).toEqual([
            path,
            amount,
            [422, code],
          ]);
        }
        for (const currency of ['JPY', 'BHD']) {
          const foreign = await post(member, path, { ...body, amount: { amount: '1', currency } });
          expect(refusalOf(foreign)).toEqual([422, 'CURRENCY_MISMATCH']);
        }
        const number = await post(member, path, { ...body, amount: 1 });
        expect(refusalOf(number)).toEqual([400, 'REQUEST_INVALID']);
      }
      const penny = made(
        await post('core', `/v1/receivables/${receivable}/payments`, { amount: '0.01', reference: 'R' }),
      );
      expect(penny).toMatchObject({ amount: { amount: '0.01' } });
      const huge = '1000000000000000000';
      const all = made(await post('core', `/v1/receivables/${receivable}/payments`, { amount: huge, reference: 'R' }));
      expect(all).toMatchObject({ amount: { amount: `${huge}.00` } });
    });
  });

  describe('money that is said not to have come', () => {
    it('is contested by the holder: that marks the claim, is told to the lender, and frees nothing', async () => {
      const { receivable, financing } = await lent({ number: 'PO-CONTEST' });
      const advance = `/v1/financings/${financing}`;
      expect(
        await refusals(['bank-a', `${advance}/contest`, { reason: 'x' }], ['supplier-1', `${advance}/contest`]),
      ).toEqual([
        [403, 'FINANCING_UNAUTHORIZED'],
        [400, 'REQUEST_INVALID'],
      ]);
      expect(made(await post('supplier-1', `${advance}/contest`, { reason: 'no such transfer' }))).toMatchObject({
        status: 'DISBURSED',
        contested: { reason: 'no such transfer' },
      });
      expect(refusalOf(await post('supplier-1', `${advance}/contest`, { reason: 'again' }))).toEqual([
        409,
        'DISBURSEMENT_ALREADY_CONTESTED',
      ]);
      await shows('bank-a', advance, ({ contested }) => (contested as Json | null)?.['reason'] === 'no such transfer');
      const elsewhere = await story.requested('bank-b', { receivable });
      const refused = await post('bank-b', `/v1/financings/${elsewhere}/offer`, await story.terms());
      expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
    });
  });
}
