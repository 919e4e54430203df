import type { Json } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { get, post, refusals, shows } from './desks.js';
import { made } from './story.js';
import { nodes, story } from './world.js';

/** Tests of receivables that holder and obligor void, and of the lender’s word on it. */
export function voidings(): void {
  describe('what holder and obligor undo', () => {
    it('is voided by both, never over a lender’s claim on it or its order', async () => {
      const receivable = await story.confirmed({ number: 'PO-VOID' });
      const claim = `/v1/receivables/${receivable}`;
      expect(
        await refusals(
          ['core', `${claim}/voiding`],
          ['core', `${claim}/void-consent`],
          ['supplier-1', `${claim}/voiding`],
        ),
      ).toEqual([
        [409, 'VOID_CONSENT_MISSING'],
        [403, 'CONSENT_WRONG_SIGNER'],
        [403, 'RECEIVABLE_UNAUTHORIZED'],
      ]);
      made(await post('supplier-1', `${claim}/void-consent`));
      await shows('core', claim, ({ voidConsent }) => (voidConsent as Json | undefined)?.['successor'] === null);
      const financing = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', financing);
      made(await post('supplier-1', `/v1/financings/${financing}/agreement`));
      expect(await refusals(['supplier-1', `${claim}/void-consent`])).toEqual([[409, 'RECEIVABLE_ALREADY_ENCUMBERED']]);
      await shows('core', claim, (body) => (body['encumbrance'] as Json)['state'] === 'RESERVED');
      const voided = () => post('core', `${claim}/voiding`);
      expect(refusalOf(await voided())).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      await shows('bank-a', `/v1/financings/${financing}`, ({ status }) => status === 'AGREED');
      made(await post('bank-a', `/v1/financings/${financing}/drop`));
      for (const member of ['core', 'supplier-1'])
        await shows(member, claim, (body) => (body['encumbrance'] as Json)['state'] === 'NONE');
      expect(refusalOf(await voided())).toEqual([409, 'VOID_CONSENT_MISSING']);
      expect(await refusals(['supplier-1', `${claim}/void-consent/withdrawal`])).toEqual([
        [409, 'VOID_CONSENT_NOT_GIVEN'],
      ]);
      made(await post('supplier-1', `${claim}/void-consent`));
      const answer = await eventually(voided, ({ body }) => body['code'] !== 'VOID_CONSENT_MISSING');
      expect(made(answer)).toMatchObject({ status: 'VOID' });
      expect(refusalOf(await voided())).toEqual([409, 'RECEIVABLE_INVALID_TRANSITION']);
      await shows('supplier-1', claim, ({ status }) => status === 'VOID');
      expect(await refusals(['supplier-1', `${claim}/overdue`], ['supplier-1', `${claim}/void-consent`])).toEqual([
        [409, 'RECEIVABLE_NOT_CONFIRMED'],
        [409, 'RECEIVABLE_INVALID_TRANSITION'],
      ]);
    });
  });

  describe('a consent to a voiding', () => {
    it('is good no more once it is taken back, or one in favour of another successor is given', async () => {
      const receivable = await story.confirmed({ number: 'PO-VOID-BACK' });
      const claim = `/v1/receivables/${receivable}`;
      const [successor, voided] = [`0x${'5c'.repeat(32)}`, () => post('core', `${claim}/voiding`)];
      const lies = (wanted: string | null | undefined) =>
        shows('core', claim, ({ voidConsent }) => (voidConsent as Json | undefined)?.['successor'] === wanted);
      const cancelled = async () => {
        const { manager } = nodes.of('core').app.get(UnitOfWork);
        return (await manager.query<object[]>('SELECT nonce FROM chain_cancelled_nonces')).length;
      };
      const before = await cancelled();
      made(await post('supplier-1', `${claim}/void-consent`));
      await lies(null);
      made(await post('supplier-1', `${claim}/void-consent`, { successor }));
      await lies(successor);
      // What is said by letter may be here before what is on chain.
      const more = (count: number) =>
        eventually(
          async () => ({ status: 200, body: { count: (await cancelled()) - before }, block: 0 }),
          ({ body }) => Number(body['count']) >= count,
        );
      expect((await more(1)).body).toEqual({ count: 1 });
      expect((await get('supplier-1', claim)).body).toMatchObject({ voidConsent: { successor } });
      made(await post('supplier-1', `${claim}/void-consent/withdrawal`));
      await lies(undefined);
      expect((await more(2)).body).toEqual({ count: 2 });
      expect(refusalOf(await voided())).toEqual([409, 'VOID_CONSENT_MISSING']);
      expect((await get('supplier-1', claim)).body['voidConsent']).toBeUndefined();
    });
  });

  describe('a receivable of a financed order', () => {
    it('is voided with the lender’s consent, which its holder passes on, and not without', async () => {
      const order = await story.acceptedOrder('PO-VOID-FINANCED');
      const financing = await story.requested('bank-a', { order }, '50.00');
      await story.offered('bank-a', financing, { advance: { amount: '50.00', currency: 'GBP' } });
      await story.disbursed('bank-a', financing);
      await story.receive(order, 90);
      const receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-VOID-FINANCED')), {
        amount: '96.75',
      });
      await story.documented(order);
      const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
      await shows(
        'bank-a',
        `/v1/registry/receivables?order=${order}`,
        ({ items }) => (items as Json[])[0]?.['status'] === 'CONFIRMED',
      );
      const voided = () => post('core', `${claim}/voiding`);
      made(await post('supplier-1', `${claim}/void-consent`));
      expect(refusalOf(await voided())).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);
      expect(
        await refusals(
          ['bank-a', `${advance}/void-consent`, { receivable: order }],
          ['supplier-1', `${advance}/void-consent`, { receivable }],
        ),
      ).toEqual([
        [404, 'RECEIVABLE_UNKNOWN'],
        [403, 'FINANCING_UNAUTHORIZED'],
      ]);
      const parts = [{ holder: 'supplier-1', amount: '6.00' }];
      expect(refusalOf(await post('supplier-1', `${claim}/splits`, { parts }))).toEqual([
        409,
        'ORDER_ALREADY_ENCUMBERED',
      ]);
      const offered = await story.requested('bank-a', { receivable }, '20.00');
      made(await post('bank-a', `${advance}/void-consent`, { receivable }));
      await story.offered('bank-a', offered, { advance: { amount: '20.00', currency: 'GBP' } });
      const act = `SELECT status FROM submissions WHERE act = 'revokeVoidConsent' AND subject_id = decode($1, 'hex')`;
      const { manager } = nodes.of('bank-a').app.get(UnitOfWork);
      await shown(async () => ({ taken: await manager.query<Json[]>(act, [order.slice(2)]) }), {
        taken: [{ status: 'INCLUDED' }],
      });
      expect(await refusals(['bank-a', `${advance}/void-consent`, { receivable }])).toEqual([
        [409, 'RECEIVABLE_ALREADY_ENCUMBERED'],
      ]);
      made(await post('supplier-1', `/v1/financings/${offered}/withdrawal`));
      await shows('bank-a', `/v1/financings/${offered}`, ({ status }) => status === 'WITHDRAWN');
      made(await post('bank-a', `${advance}/void-consent`, { receivable }));
      const answer = await eventually(
        async () => {
          made(await post('supplier-1', `${claim}/void-consent`));
          return voided();
        },
        ({ status }) => status === 201,
      );
      expect(made(answer)).toMatchObject({ status: 'VOID' });
      await shows('bank-a', advance, ({ status }) => status === 'DISBURSED');
      expect((await get('bank-a', advance)).body).toMatchObject({ encumbrance: { state: 'ASSIGNED' } });
    });

    it('is voided without its lender once that has given up its claim, though a consent is left over', async () => {
      const order = await story.acceptedOrder('PO-VOID-FREED');
      const receivable = await story.issued(order, story.invoiceOf('PO-VOID-FREED'));
      const financing = await story.requested('bank-a', { order }, '50.00');
      await story.offered('bank-a', financing, { advance: { amount: '50.00', currency: 'GBP' } });
      made(await post('supplier-1', `/v1/financings/${financing}/agreement`));
      await shows('bank-a', `/v1/financings/${financing}`, ({ status }) => status === 'AGREED');
      made(await post('bank-a', `/v1/financings/${financing}/void-consent`, { receivable }));
      const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
      const sql = `SELECT 1 AS here FROM receivable_lender_void_consents WHERE receivable = decode($1, 'hex')`;
      const kept = async () => ({ kept: await manager.query<Json[]>(sql, [receivable.slice(2)]) });
      await shown(kept, { kept: [{ here: 1 }] });
      made(await post('bank-a', `/v1/financings/${financing}/drop`));
      for (const member of ['supplier-1', 'core'])
        await shows(member, `/v1/orders/${order}`, ({ encumbered }) => encumbered === false);
      made(await post('supplier-1', `/v1/receivables/${receivable}/void-consent`));
      const voided = () => post('core', `/v1/receivables/${receivable}/voiding`);
      const answer = await eventually(voided, ({ body }) => body['code'] !== 'VOID_CONSENT_MISSING');
      expect(made(answer)).toMatchObject({ status: 'VOID' });
    });
  });
}

/** What a question comes to be answered. */
async function shown(ask: () => Promise<Json>, wanted: Json): Promise<void> {
  const asked = async () => ({ status: 200, block: 0, body: await ask() });
  const { body } = await eventually(asked, ({ body }) => JSON.stringify(body) === JSON.stringify(wanted));
  expect(body).toEqual(wanted);
}
