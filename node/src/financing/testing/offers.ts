import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from './story.js';
import { nodes, story } from './world.js';

const DAY = 86_400;

/** Tests of offers and reservations: what is refused, what goes stale, what ends by itself. */
export function offers(): void {
  describe('an offer', () => {
    let receivable: string;
    let financing: string;

    beforeAll(async () => {
      receivable = await story.confirmed({ number: 'PO-OFFER' });
      financing = await story.requested('bank-a', { receivable });
    });

    it('is refused beyond cover, in another currency, without time, and to the holder', async () => {
      const offer = async (more: Json) =>
        story.bank('bank-a').post(`/v1/financings/${financing}/offer`, await story.terms(more));
      expect((await offer({ advance: '96.76' })).body).toMatchObject({
        code: 'ADVANCE_EXCEEDS_COVER',
        facts: { advance: '96.76', cover: '96.75', exceedsBy: '0.01' },
      });
      const now = await story.now();
      const time = (seconds: number) => new Date((now + seconds) * 1000).toISOString();
      const wrong: [Json, number, string][] = [
        [{ advance: { amount: '80', currency: 'EUR' } }, 422, 'CURRENCY_MISMATCH'],
        [{ advance: '-1' }, 422, 'AMOUNT_INVALID'],
        [{ expiresAt: time(-10) }, 422, 'OFFER_TERMS_INVALID'],
        [{ disburseBy: time(6 * DAY) }, 422, 'OFFER_TERMS_INVALID'],
        [{ discountBps: -1 }, 400, 'REQUEST_INVALID'],
        [{ kind: 'GIFT' }, 400, 'REQUEST_INVALID'],
      ];
      for (const [more, status, code] of wrong) expect(refusalOf(await offer(more))).toEqual([status, code]);
      const byHolder = await story.supplier.post(`/v1/financings/${financing}/offer`, await story.terms());
      expect(refusalOf(byHolder)).toEqual([403, 'FINANCING_UNAUTHORIZED']);
      const early = await story.supplier.post(`/v1/financings/${financing}/agreement`);
      expect(refusalOf(early)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
    });

    it('goes stale when something lowers the cover, and only then', async () => {
      await story.offered('bank-a', financing);
      const { core, supplier } = story;
      const dispute = made(await core.post(`/v1/receivables/${receivable}/disputes`, { amount: '5', reason: 'bent' }));
      await arrives(
        () => supplier.get(`/v1/receivables/${receivable}`),
        ({ openDisputes }) => openDisputes === 1,
      );
      made(await core.post(`/v1/receivables/${receivable}/disputes/${String(dispute['n'])}/resolution`));
      await arrives(
        () => supplier.get(`/v1/receivables/${receivable}`),
        ({ openDisputes }) => openDisputes === 0,
      );
      const stale = await supplier.post(`/v1/financings/${financing}/agreement`);
      expect(refusalOf(stale)).toEqual([409, 'CONSENT_STALE']);
      expect((await supplier.get(`/v1/financings/${financing}`)).body['status']).toBe('OFFERED');
    });

    it('expires by block time; a declined and a withdrawn request end both sides', async () => {
      const { supplier } = story;
      const [bank, claim] = [story.bank('bank-a'), { receivable }];
      const [declined, withdrawn] = [await story.requested('bank-a', claim), await story.requested('bank-a', claim)];
      made(await bank.post(`/v1/financings/${declined}/review`));
      await arrives(
        () => supplier.get(`/v1/financings/${declined}`),
        ({ status }) => status === 'UNDER_REVIEW',
      );
      made(await bank.post(`/v1/financings/${declined}/decline`, { reason: 'limit' }));
      const told = await arrives(
        () => supplier.get(`/v1/financings/${declined}`),
        ({ status }) => status === 'DECLINED',
      );
      expect(told['declineReason']).toBe('limit');
      made(await supplier.post(`/v1/financings/${withdrawn}/withdrawal`));
      await arrives(
        () => bank.get(`/v1/financings/${withdrawn}`),
        ({ status }) => status === 'WITHDRAWN',
      );
      const late = await bank.post(`/v1/financings/${withdrawn}/offer`, await story.terms());
      expect(refusalOf(late)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);

      await nodes.passTime(3 * DAY);
      await arrives(
        () => supplier.get(`/v1/financings/${financing}`),
        ({ status }) => status === 'EXPIRED',
      );
      const expired = await supplier.post(`/v1/financings/${financing}/agreement`);
      expect(refusalOf(expired)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
    });
  });

  describe('a reservation', () => {
    it('lapses by itself when undisbursed, or is dropped, and the claim is financed elsewhere', async () => {
      const receivable = await story.confirmed({ number: 'PO-LAPSE' });
      const { supplier } = story;
      const agreed = async (bank: string): Promise<string> => {
        const id = await story.requested(bank, { receivable });
        await story.offered(bank, id);
        made(await supplier.post(`/v1/financings/${id}/agreement`));
        await arrives(
          () => story.bank(bank).get(`/v1/financings/${id}`),
          ({ status }) => status === 'AGREED',
        );
        return id;
      };
      const dropped = await agreed('bank-b');
      expect(made(await story.bank('bank-b').post(`/v1/financings/${dropped}/drop`))['status']).toBe('EXPIRED');
      await arrives(
        () => supplier.get(`/v1/financings/${dropped}`),
        ({ status }) => status === 'EXPIRED',
      );

      const lapsed = await agreed('bank-b');
      const early = await story.acceptedOrder('PO-LAPSE-EARLY');
      const advance = await story.requested('bank-a', { order: early }, '10.00');
      await story.offered('bank-a', advance, { advance: '10.00', kind: 'PLEDGE' });
      made(await supplier.post(`/v1/financings/${advance}/agreement`));
      const cancel = (by: MemberClient) => by.post(`/v1/orders/${early}/cancellation`);
      expect(refusalOf(await cancel(supplier))).toEqual([409, 'ORDER_ENCUMBERED']);
      await nodes.passTime(5 * DAY + 60);
      for (const side of [supplier, story.bank('bank-b')])
        await arrives(
          () => side.get(`/v1/financings/${lapsed}`),
          ({ status }) => status === 'EXPIRED',
        );
      const late = await story.bank('bank-b').post(`/v1/financings/${lapsed}/disbursement`, { reference: 'late' });
      expect(refusalOf(late)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);

      // Whoever is first to act where it rests says on chain that it lapsed; else its holder does.
      made(await cancel(supplier));
      await arrives(
        () => story.core.get(`/v1/orders/${early}`),
        ({ cancellationProposedBy }) => cancellationProposedBy === 'supplier-1',
      );
      expect(made(await cancel(story.core))).toMatchObject({ status: 'CANCELLED', encumbered: false });
      const [order] = (await supplier.get(`/v1/receivables/${receivable}`)).body['orders'] as string[];
      const rest = await story.requested('bank-a', { order: order! }, '5.00');
      await story.offered('bank-a', rest, { advance: '5.00', kind: 'PLEDGE' });
      expect(made(await supplier.post(`/v1/financings/${rest}/agreement`))['status']).toBe('AGREED');
      const atBank = () => story.bank('bank-a').get(`/v1/financings/${rest}`);
      await arrives(atBank, ({ status }) => status === 'AGREED');
      made(await story.bank('bank-a').post(`/v1/financings/${rest}/drop`));
      await arrives(
        () => supplier.get(`/v1/orders/${order}`),
        ({ encumbered }) => encumbered === false,
      );
      const elsewhere = await agreed('bank-a');
      expect((await supplier.get(`/v1/financings/${elsewhere}`)).body['status']).toBe('AGREED');
      expect((await supplier.get(`/v1/financings/${lapsed}`)).body['status']).toBe('EXPIRED');
    });
  });
}
