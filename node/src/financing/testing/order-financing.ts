import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from './story.js';
import { story } from './world.js';

/** Tests of advances on orders before delivery, and of their take-over by the invoice. */
export function orderFinancing(): void {
  describe('an order', () => {
    it('is financed before delivery, and what is out counts against its receivables', async () => {
      const { core, supplier } = story;
      const bank = story.bank('bank-a');
      const order = await story.acceptedOrder('PO-EARLY');
      const financing = await story.requested('bank-a', { order }, '50.00');
      const offer = async (more: Json) => bank.post(`/v1/financings/${financing}/offer`, await story.terms(more));
      const beyond = await offer({ advance: '86.01', kind: 'PLEDGE' });
      expect(beyond.body).toMatchObject({ code: 'ADVANCE_EXCEEDS_COVER', facts: { cover: '86.00' } });
      await story.offered('bank-a', financing, { advance: '50.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', financing);
      expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
        ...{ order, status: 'DISBURSED', encumbrance: { state: 'PLEDGED' } },
        due: { principal: { amount: '50.00' }, fees: { amount: '0.50' }, reserve: { amount: '0.00' } },
      });
      const notice = await bank.post(`/v1/financings/${financing}/notice`);
      expect(refusalOf(notice)).toEqual([409, 'ENCUMBRANCE_ON_ORDER']);

      await story.receive(order, 100);
      const receivable = await story.issued(order, story.invoiceOf('PO-EARLY'));
      await story.confirm(receivable, {});
      await story.documented(order);
      const { body } = await supplier.get(`/v1/receivables/${receivable}/cover`);
      expect(body).toMatchObject({ cover: { amount: '57.50' } });
      expect((body['terms'] as Json[]).at(-1)).toMatchObject({ kind: 'ORDER_ADVANCE', amount: { amount: '-50.00' } });

      const foreign = await story.requested('bank-b', { receivable });
      const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
      expect(refusalOf(refused)).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);

      const own = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', own, { advance: '57.50' });
      await story.disbursed('bank-a', own);
      await arrives(
        () => core.get(`/v1/registry/receivables/${receivable}`),
        ({ encumbrance }) => (encumbrance as Json)['state'] === 'ASSIGNED',
      );
      made(await bank.post(`/v1/financings/${financing}/repayments`, { amount: '60.00', reference: 'R' }));
      const told = await arrives(
        () => supplier.get(`/v1/financings/${financing}`),
        ({ repayments }) => (repayments as Json[]).length === 1,
      );
      const applied = Object.values(told['applied'] as Record<string, Json>).map(({ amount }) => Number(amount));
      expect(applied.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(60, 6);
      expect(told).toMatchObject({ status: 'REPAID', applied: { principal: { amount: '50.00' } } });
      made(await bank.post(`/v1/financings/${financing}/release`, { reason: 'repaid' }));
      expect(await story.supplier.get(`/v1/receivables/${receivable}/cover`)).toMatchObject({ status: 200 });
    });

    it('is out of the way of its lender’s offer on the invoice, once it is paid off and released', async () => {
      const bank = story.bank('bank-a');
      const order = await story.acceptedOrder('PO-PAID-OFF');
      const early = await story.requested('bank-a', { order }, '50.00');
      await story.offered('bank-a', early, { advance: '50.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', early);
      await story.receive(order, 100);
      const receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-PAID-OFF')), {});
      await story.documented(order);
      const beside = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', beside, { advance: '57.50' });
      made(await bank.post(`/v1/financings/${early}/repayments`, { amount: '60.00', reference: 'PAID-OFF' }));
      made(await bank.post(`/v1/financings/${early}/release`, { reason: 'repaid' }));
      await arrives(
        () => story.supplier.get(`/v1/financings/${early}`),
        ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
      );
      const agreed = made(await story.supplier.post(`/v1/financings/${beside}/agreement`));
      expect(agreed).toMatchObject({ status: 'AGREED', encumbrance: { state: 'RESERVED' } });
      // Nothing of it is out any more, as banks' rules of later tests would have it.
      await arrives(
        () => bank.get(`/v1/financings/${beside}`),
        ({ status }) => status === 'AGREED',
      );
      made(await bank.post(`/v1/financings/${beside}/drop`));
    });

    it('whose purchase order was posted twice is financed once, and judged so before an offer', async () => {
      const first = await story.acceptedOrder('PO-TWICE');
      const second = await story.acceptedOrder('po-twice', { repeat: true });
      const ahead = await story.requested('bank-a', { order: first });
      const behind = await story.requested('bank-b', { order: second });
      const verdict = () => story.bank('bank-b').get(`/v1/orders/${second}/verification`);
      const encumbrance = ({ fragments }: Json) => (fragments as Json[]).filter(({ kind }) => kind === 'ENCUMBRANCE');
      // Not while its index is behind.
      const free = await arrives(verdict, ({ valid }) => valid === true);
      expect(encumbrance(free)).toEqual([
        expect.objectContaining({ reason: { code: 'OK', message: 'The order is free.' } }),
      ]);
      const terms = { advance: '40', kind: 'PLEDGE' };
      await story.offered('bank-b', behind, terms);
      await story.offered('bank-a', ahead, terms);
      const agree = (financing: string) => story.supplier.post(`/v1/financings/${financing}/agreement`);
      expect(made(await agree(ahead))).toMatchObject({ status: 'AGREED' });
      // The other lender gave its word before: the chain has the last.
      expect(refusalOf(await agree(behind))).toEqual([409, 'ORDER_TAG_TAKEN']);
      const taken = await arrives(verdict, (body) => encumbrance(body).some(({ status }) => status === 'INVALID'));
      expect(taken['valid']).toBe(false);
      expect(encumbrance(taken)).toEqual([
        expect.objectContaining({
          status: 'INVALID',
          reason: { code: 'ORDER_TAG_TAKEN', message: expect.any(String) },
          data: expect.objectContaining({ object: second, takenBy: first }),
        }),
      ]);
      // Nothing of it is offered any more, as banks' rules of later tests would have it.
      made(await story.supplier.post(`/v1/financings/${behind}/withdrawal`));
      await arrives(
        () => story.bank('bank-b').get(`/v1/financings/${behind}`),
        ({ status }) => status === 'WITHDRAWN',
      );
      const late = await story.requested('bank-a', { order: second });
      await arrives(
        () => story.bank('bank-a').get(`/v1/financings/${ahead}`),
        ({ status }) => status === 'AGREED',
      );
      const offer = await story.bank('bank-a').post(`/v1/financings/${late}/offer`, await story.terms(terms));
      expect(refusalOf(offer)).toEqual([409, 'ORDER_TAG_TAKEN']);
    });

    it('goes to one of two banks that offered, when its holder agrees with both at once', async () => {
      const { supplier } = story;
      const order = await story.acceptedOrder('PO-BOTH');
      const offers: { bank: MemberClient; path: string }[] = [];
      for (const bank of ['bank-a', 'bank-b']) {
        const financing = await story.requested(bank, { order });
        await story.offered(bank, financing, { advance: '40', kind: 'PLEDGE' });
        offers.push({ bank: story.bank(bank), path: `/v1/financings/${financing}` });
      }
      const answers = await Promise.all(offers.map(({ path }) => supplier.post(`${path}/agreement`)));
      expect(answers.map(refusalOf).sort()).toEqual([
        [201, undefined],
        [409, 'ORDER_ALREADY_ENCUMBERED'],
      ]);
      const [won, lost] = [201, 409].map((status) => offers[answers.findIndex((answer) => answer.status === status)]!);
      expect((await supplier.get(won!.path)).body).toMatchObject({ status: 'AGREED' });
      expect((await supplier.get(lost!.path)).body).toMatchObject({ status: 'OFFERED' });

      // Nothing of it is out any more, as banks' rules of later tests would have it.
      const shows = (status: string, { bank, path }: (typeof offers)[number]) =>
        arrives(
          () => bank.get(path),
          (body) => body['status'] === status,
        );
      made(await supplier.post(`${lost!.path}/withdrawal`));
      await shows('WITHDRAWN', lost!);
      await shows('AGREED', won!);
      made(await won!.bank.post(`${won!.path}/drop`));
    });
  });

  describe('the financing of an order, taken over by its invoice', () => {
    let order: string;
    let early: string;
    let receivable: string;
    let taking: string;
    const take = (more: Json = {}) =>
      story.supplier.post('/v1/financings', {
        ...{ receivable, lender: 'bank-a', requested: { amount: '60.00', currency: 'GBP' }, rollsOver: early },
        ...more,
      });

    beforeAll(async () => {
      order = await story.acceptedOrder('PO-ROLL');
      early = await story.requested('bank-a', { order }, '50.00');
      await story.offered('bank-a', early, { advance: '50.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', early);
      await story.receive(order, 100);
      receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-ROLL')), {});
      await story.documented(order);
    });

    it('is asked for by who had it, of the same lender, for what was born from that order', async () => {
      expect(refusalOf(await take({ lender: 'bank-b' }))).toEqual([409, 'ROLL_OVER_INVALID']);
      expect(refusalOf(await take({ rollsOver: `0x${'ab'.repeat(32)}` }))).toEqual([404, 'FINANCING_UNKNOWN']);
      const other = await story.confirmed({ number: 'PO-ROLL-2' });
      expect(refusalOf(await take({ receivable: other }))).toEqual([409, 'ROLL_OVER_INVALID']);
      const alone = await story.requested('bank-a', { receivable: other });
      expect(refusalOf(await take({ rollsOver: alone }))).toEqual([409, 'ROLL_OVER_INVALID']);
      taking = String(made(await take())['id']);
      await arrives(
        () => story.bank('bank-a').get(`/v1/financings/${taking}`),
        ({ rollsOver }) => rollsOver === early,
      );
    });

    it('is closed to other lenders until its own releases it', async () => {
      const foreign = await story.requested('bank-b', { receivable });
      const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
      expect(refusalOf(refused)).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);
      const verdict = await story.bank('bank-b').get(`/v1/receivables/${receivable}/verification`);
      expect(JSON.stringify(verdict.body['fragments'])).toContain('ORDER_ALREADY_ENCUMBERED');
    });

    it('is paid off by the new advance, or not taken over', async () => {
      const { body } = await story.bank('bank-a').get(`/v1/financings/${early}`);
      const owed = (body['owed'] as Json)['amount'];
      const asked = await story.bank('bank-a').get(`/v1/financings/${taking}`);
      expect(asked.body).toMatchObject({ cover: { amount: '107.50' } });
      const small = await story
        .bank('bank-a')
        .post(`/v1/financings/${taking}/offer`, await story.terms({ advance: '50.00' }));
      expect(small).toMatchObject({
        status: 409,
        body: { code: 'ROLL_OVER_TOO_SMALL', facts: { owed, advance: '50.00' } },
      });
      const beyond = await story
        .bank('bank-a')
        .post(`/v1/financings/${taking}/offer`, await story.terms({ advance: '107.51' }));
      expect(beyond.body).toMatchObject({ code: 'ADVANCE_EXCEEDS_COVER', facts: { cover: '107.50' } });
      await story.offered('bank-a', taking, { advance: '90.00' });
    });

    it('moves to the receivable in one transaction, once, however fast one clicks', async () => {
      const answers = await Promise.all([1, 2].map(() => story.supplier.post(`/v1/financings/${taking}/agreement`)));
      const taken = answers.filter(({ status }) => status === 201);
      expect(taken.length).toBeGreaterThanOrEqual(1);
      expect(taken[0]!.body).toMatchObject({
        status: 'DISBURSED',
        rollsOver: early,
        encumbrance: { state: 'ASSIGNED' },
      });
      const closed = await arrives(
        () => story.bank('bank-a').get(`/v1/financings/${early}`),
        ({ status }) => status === 'CLOSED',
      );
      expect(closed).toMatchObject({ encumbrance: { state: 'NONE' }, owed: { amount: '0.00' } });
      expect(Number((closed['carriedOver'] as Json)['amount'])).toBeGreaterThanOrEqual(50);
      const { body } = await story.supplier.get(`/v1/receivables/${receivable}/cover`);
      expect(body).toMatchObject({ cover: { amount: '107.50' } });
      expect((await story.supplier.get(`/v1/registry/receivables/${receivable}`)).body).toMatchObject({
        encumbrance: { state: 'ASSIGNED' },
      });
      const again = await story.supplier.post(`/v1/financings/${taking}/agreement`);
      expect(refusalOf(again)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
      expect(refusalOf(await take())).toEqual([409, 'ROLL_OVER_INVALID']);
      const foreign = await story.requested('bank-b', { receivable });
      const refused = await story.bank('bank-b').post(`/v1/financings/${foreign}/offer`, await story.terms());
      expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      made(await story.bank('bank-a').post(`/v1/financings/${taking}/release`, { reason: 'given up' }));
      await arrives(
        () => story.bank('bank-b').get(`/v1/registry/receivables/${receivable}`),
        ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE',
      );
      await story.offered('bank-b', foreign);
      made(await story.supplier.post(`/v1/financings/${foreign}/withdrawal`));
      await arrives(
        () => story.bank('bank-b').get(`/v1/financings/${foreign}`),
        ({ status }) => status === 'WITHDRAWN',
      );
    });
  });
}
