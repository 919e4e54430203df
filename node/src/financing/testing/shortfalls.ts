import type { Json } from '../../../../scripts/demo/client.js';
import { UnitOfWork } from '../../database/index.js';
import { DocumentVault } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { arrives, made } from './story.js';
import { nodes, story } from './world.js';

/** Tests of what a lender is told when the cover falls below what it advanced. */
export function shortfalls(): void {
  describe('an advance that the cover no longer reaches', () => {
    const news = (member: string) =>
      nodes
        .of(member)
        .app.get(UnitOfWork)
        .manager.query<{ type: string; data: Json }[]>(
          `SELECT type, data FROM event_news WHERE type LIKE 'financing.cover.%' ORDER BY seq`,
        );
    const seen = (member: string, financing: string, type: string) =>
      arrives(
        async () => ({ status: 200, body: { items: await news(member) } }) as never,
        ({ items }) =>
          (items as { type: string; data: Json }[]).some((n) => n.type === type && n.data['financing'] === financing),
      );

    /** What a member has in full of what was said between the parties of a claim. */
    const kept = async (member: string, receivable: string) => {
      const documents = await nodes
        .of(member)
        .app.get(DocumentVault)
        .of(receivable as Hex);
      const kinds = documents.map(({ document: { kind } }) => kind);
      return kinds.filter((kind) => ['CREDIT_NOTE', 'DISPUTE', 'DISPUTE_RESOLUTION'].includes(kind)).sort();
    };

    it('is told to its lender by itself, with what caused it, and in the verdict', async () => {
      const { core, supplier } = story;
      const bank = story.bank('bank-a');
      const receivable = await story.confirmed({ number: 'PO-SHORT' });
      const financing = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', financing);
      await story.disbursed('bank-a', financing);
      expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
        shortfall: null,
        shortfallCauses: [],
      });

      const order = ((await supplier.get(`/v1/receivables/${receivable}`)).body['orders'] as string[])[0]!;
      const [receipt] = (await core.get(`/v1/orders/${order}/milestones`)).body['items'] as Json[];
      const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity: 70, orderLine: '1' }];
      const document = { kind: 'RECEIPT', issueDate: '2026-11-11', lines };
      const correction = { kind: 'RECEIVED', supersedes: receipt!['entry'], document };
      made(await core.post(`/v1/orders/${order}/milestones`, correction));
      const short = await arrives(
        () => bank.get(`/v1/financings/${financing}`),
        ({ shortfall, shortfallCauses }) => shortfall !== null && (shortfallCauses as Json[]).length > 0,
      );
      expect(short).toMatchObject({
        cover: { amount: '75.25' },
        shortfall: { amount: '4.75', currency: 'GBP' },
        shortfallCauses: [{ event: 'MilestoneRecorded', object: order }],
      });
      await seen('bank-a', financing, 'financing.cover.short');
      await seen('supplier-1', financing, 'financing.cover.short');
      const told = (await news('bank-a')).filter(({ data }) => data['financing'] === financing);
      expect(told).toMatchObject([{ data: { causes: [{ event: 'MilestoneRecorded', object: order }] } }]);
      expect(JSON.stringify(told)).not.toMatch(/4\.75|75\.25/);
      const { body: verdict } = await bank.get(`/v1/receivables/${receivable}/verification`);
      expect(verdict['valid']).toBe(false);
      const fragment = (verdict['fragments'] as Json[]).find(
        ({ reason }) => (reason as Json)['code'] === 'ADVANCE_EXCEEDS_COVER',
      );
      expect(fragment).toMatchObject({ kind: 'COVER', data: { financing, shortfall: { amount: '4.75' } } });
      expect(JSON.stringify((await supplier.get(`/v1/receivables/${receivable}/verification`)).body)).not.toContain(
        'ADVANCE_EXCEEDS_COVER',
      );

      const dispute = made(await core.post(`/v1/receivables/${receivable}/disputes`, { amount: '5', reason: 'bent' }));
      await arrives(
        () => bank.get(`/v1/financings/${financing}`),
        ({ shortfall }) => (shortfall as Json | null)?.['amount'] === '9.75',
      );
      const [disputed] = (await bank.get(`/v1/receivables/${receivable}`)).body['disputes'] as Json[];
      expect(disputed).toMatchObject({ status: 'OPEN', amount: { amount: '5.00' } });
      expect(disputed).not.toHaveProperty('reason');
      made(await core.post(`/v1/receivables/${receivable}/disputes/${String(dispute['n'])}/resolution`));
      const repayment = { amount: { amount: '5.00', currency: 'GBP' }, reference: 'R-1' };
      made(await bank.post(`/v1/financings/${financing}/repayments`, repayment));
      await seen('bank-a', financing, 'financing.cover.restored');
      expect((await bank.get(`/v1/financings/${financing}`)).body).toMatchObject({
        shortfall: null,
        shortfallCauses: [],
      });

      const { payer, payee } = story.invoiceOf('PO-SHORT');
      const sold = [{ id: '1', item: 'RING', name: 'Kestrel ring', unit: 'C62', quantity: 1, amount: '1.00' }];
      const credit = { number: 'CN-SHORT', issueDate: '2026-11-20', currency: 'GBP', amount: '1.00', lines: sold };
      made(
        await supplier.post(`/v1/receivables/${receivable}/credit-notes`, { document: { ...credit, payer, payee } }),
      );
      await arrives(
        () => bank.get(`/v1/financings/${financing}`),
        ({ shortfall }) => (shortfall as Json | null)?.['amount'] === '0.75',
      );
      const claim = await arrives(
        () => bank.get(`/v1/receivables/${receivable}`),
        ({ creditNotes }) => (creditNotes as Json[])[0]?.['amount'] !== undefined,
      );
      expect(claim).toMatchObject({ creditNotes: [{ amount: { amount: '1.00' } }] });
      expect(JSON.stringify(claim)).not.toContain('Kestrel');
      expect(await kept('bank-a', receivable)).toEqual([]);
      // What the obligor said comes to the holder by letters of their own.
      const atHolder = await arrives(
        async () => ({ status: 200, body: { kinds: await kept('supplier-1', receivable) } }) as never,
        ({ kinds }) => (kinds as string[]).length >= 3,
      );
      expect(atHolder['kinds']).toEqual(['CREDIT_NOTE', 'DISPUTE', 'DISPUTE_RESOLUTION']);
      const looks = (await bank.get(`/v1/access-log?receivable=${receivable}&limit=200`)).body['items'] as Json[];
      expect(looks.some(({ document }) => document === (claim['creditNotes'] as Json[])[0]!['id'])).toBe(true);
    });

    it('of an order counts what was delivered and invoiced since', async () => {
      const bank = story.bank('bank-a');
      const order = await story.acceptedOrder('PO-SHORT-EARLY');
      const financing = await story.requested('bank-a', { order }, '60.00');
      await story.offered('bank-a', financing, { advance: '60.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', financing);
      const shortfall = async () => (await bank.get(`/v1/financings/${financing}`)).body['shortfall'];
      expect(await shortfall()).toBeNull();
      await story.receive(order, 40);
      const invoice = story.invoiceOf('PO-SHORT-EARLY', {
        ...{ amount: '43.00', taxAmount: '3.00' },
        lines: [{ id: '1', item: 'RING', unit: 'C62', quantity: 40, amount: '40.00', orderLine: '1' }],
      });
      const receivable = await story.issued(order, invoice);
      await story.confirm(receivable, {});
      // 80 % of the 64.50 that are not invoiced yet, and the 43.00 that are: more than the 60.00 advanced.
      await arrives(
        () => bank.get(`/v1/receivables/${receivable}/cover`),
        ({ cover }) => (cover as Json | undefined)?.['amount'] === '0.00',
      );
      expect(await shortfall()).toBeNull();

      // Once both say that it is complete nothing more is to come, and the 43.00 alone are left.
      for (const member of [story.core, story.supplier]) made(await member.post(`/v1/orders/${order}/completion`));
      const short = await arrives(
        () => bank.get(`/v1/financings/${financing}`),
        ({ shortfall, shortfallCauses }) => shortfall !== null && (shortfallCauses as Json[]).length > 0,
      );
      expect(short['shortfall']).toEqual({ amount: '17.00', currency: 'GBP' });
      expect((short['shortfallCauses'] as Json[]).at(-1)).toMatchObject({ event: 'OrderCompleted', object: order });
      await seen('bank-a', financing, 'financing.cover.short');
    });

    it('of an order reckons with all that a collective invoice shares goods with', async () => {
      const bank = story.bank('bank-a');
      const [one, two] = ['PO-SHORT-1', 'PO-SHORT-2'];
      const [financed, other] = [await story.acceptedOrder(one), await story.acceptedOrder(two)];
      const financing = await story.requested('bank-a', { order: financed }, '40.00');
      await story.offered('bank-a', financing, { advance: '40.00', kind: 'PLEDGE' });
      await story.disbursed('bank-a', financing);
      await story.receive(financed, 40);
      await story.receive(other, 50);
      const line = (id: string, orderNumber: string, quantity: number) => {
        return { id, orderNumber, item: 'RING', unit: 'C62', quantity, amount: `${quantity}.00`, orderLine: '1' };
      };
      const alone = { lines: [line('1', two, 30)], amount: '30.00', taxAmount: undefined };
      await story.confirm(await story.issued(other, story.invoiceOf(two, alone)), {});
      const shared = { lines: [line('1', one, 40), line('2', two, 20)], amount: '60.00', taxAmount: undefined };
      const invoice = story.invoiceOf(one, { ...shared, orderNumber: undefined });
      const collective = await story.confirm(await story.issued(`${financed}&order=${other}`, invoice), {});
      const cover = (amount: string) =>
        arrives(
          () => bank.get(`/v1/receivables/${collective}/cover`),
          (body) => (body['cover'] as Json | undefined)?.['amount'] === amount,
        );
      // Less what is advanced on the order.
      await cover('20.00');
      // The other order’s own invoice came first, and takes what is left of it.
      await story.receive(other, 20, 'RETURNED');
      await cover('0.00');
    });

    it('of two orders with one invoice is told to the lender whose order’s goods went back, and to no other', async () => {
      const [one, two] = ['PO-SHARED-1', 'PO-SHARED-2'];
      const [kept, returned] = [await story.acceptedOrder(one), await story.acceptedOrder(two)];
      const financings = { 'bank-a': '', 'bank-b': '' };
      for (const [bank, order] of [
        ['bank-a', kept],
        ['bank-b', returned],
      ] as const) {
        financings[bank] = await story.requested(bank, { order }, '60.00');
        await story.offered(bank, financings[bank], { advance: '60.00', kind: 'PLEDGE' });
        await story.disbursed(bank, financings[bank]);
        await story.receive(order, 100);
      }
      const line = (id: string, orderNumber: string) => {
        return { id, orderNumber, item: 'RING', unit: 'C62', quantity: 100, amount: '100.00', orderLine: '1' };
      };
      const money = { lines: [line('1', one), line('2', two)], amount: '200.00', taxAmount: undefined };
      const invoice = story.invoiceOf(one, { ...money, orderNumber: undefined });
      await story.confirm(await story.issued(`${kept}&order=${returned}`, invoice), {});
      const shows = (member: string, bank: keyof typeof financings, wanted: (short: unknown) => boolean) =>
        arrives(
          () => nodes.of(member).client.get(`/v1/financings/${financings[bank]}`),
          ({ shortfall }) => wanted((shortfall as Json | null)?.['amount']),
        );
      for (const bank of ['bank-a', 'bank-b'] as const) await shows(bank, bank, (short) => short === undefined);

      await story.receive(returned, 100, 'RETURNED');
      for (const member of ['bank-b', 'supplier-1']) await shows(member, 'bank-b', (short) => short === '60.00');
      await seen('bank-b', financings['bank-b'], 'financing.cover.short');
      for (const member of ['bank-a', 'supplier-1']) await shows(member, 'bank-a', (short) => short === undefined);
      const told = (await news('bank-a')).filter(({ data }) => data['financing'] === financings['bank-a']);
      expect(told.map(({ type }) => type)).not.toContain('financing.cover.short');
      // Others' tests reckon with what is out.
      for (const [bank, id] of Object.entries(financings))
        made(await story.bank(bank).post(`/v1/financings/${id}/release`, { reason: 'given up' }));
    });
  });
}
