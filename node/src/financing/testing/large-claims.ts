import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { Exchange } from '../../exchange/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { EvidenceBuilder, MOST_SHOWN } from '../commands/evidence-builder.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { arrives, made } from './story.js';
import { nodes, story } from './world.js';

/** Lines of which one document fills more than half of a letter, and more than a whole one. */
const [MANY, TOO_MANY] = [120, 280];
/** Under which nobody looks for a document. */
const AWAY = new Uint8Array(32).fill(0xee);

const linesOf = (count: number, line: (id: string) => Json): Json[] =>
  Array.from({ length: count }, (_, i) => ({ item: 'RING', unit: 'C62', ...line(String(i + 1)) }));
const ordered = (count: number) => linesOf(count, (id) => ({ id, quantity: 1, amount: '1.00' }));
const referring = (line: Json) => linesOf(MANY, (id) => ({ id, orderLine: id, ...line }));

/** Tests of claims whose documents are more than a letter may have. */
export function largeClaims(): void {
  describe('a claim of more than one letter', () => {
    const delivered = async (number: string) => {
      const order = await story.acceptedOrder(number, { lines: ordered(MANY) });
      for (const quantity of ['0.5', '0.4']) await story.record(order, referring({ quantity }));
      return order;
    };
    const claimed = async (number: string) => {
      const order = await delivered(number);
      const lines = referring({ quantity: 1, amount: '1.00' });
      const invoice = story.invoiceOf(number, { amount: '120.00', taxAmount: '0.00', lines });
      const receivable = await story.confirm(await story.issued(order, invoice), { amount: '108.00' });
      await story.documented(order);
      return { order, receivable };
    };
    const judged = (bank: string, financing: string, awaited = false) =>
      arrives(
        () => story.bank(bank).get(`/v1/financings/${financing}`),
        ({ evidenceAwaited }) => evidenceAwaited === awaited,
      );

    it('is shown whole, and weighed by its lender as by its holder', async () => {
      const { receivable } = await claimed('PO-LARGE');
      const financing = await story.requested('bank-a', { receivable }, '40.00');
      await judged('bank-a', financing);
      const path = `/v1/receivables/${receivable}/cover`;
      const { body: own } = await story.supplier.get(path);
      expect(own).toMatchObject({ cover: { amount: '108.00' } });
      const atLender = await arrives(
        () => story.bank('bank-a').get(path),
        () => true,
      );
      expect(atLender).toMatchObject({ cover: own['cover'], terms: own['terms'] });
      await story.offered('bank-a', financing, { advance: '108.00' });

      // The same again, in the order that makes least sense, as after an operator retried letters one by one.
      const { app } = nodes.of('supplier-1');
      const all = await app.get(UnitOfWork).run(async () => {
        const evidence = app.get(EvidenceBuilder, { strict: false });
        const { documents } = await evidence.documents(receivable as Hex, false, MOST_SHOWN);
        const signatures = await evidence.signatures(receivable as Hex, false);
        const { number: to } = nodes.of('bank-a');
        for (const document of [...documents].reverse()) {
          const body = { documents: [document], ...signatures };
          await app
            .get(Exchange, { strict: false })
            .send({ to, type: 'financing.evidence', object: financing as Hex, body });
        }
        return documents.map(({ root }) => root);
      });
      await settledAt('supplier-1', financing);
      const kept = await nodes
        .of('bank-a')
        .app.get(EvidenceStore, { strict: false })
        .of(financing as Hex);
      expect(kept.map(({ root }) => root).sort()).toEqual(all.sort());
      expect((await story.bank('bank-a').get(path)).body).toMatchObject({ cover: own['cover'] });
    });

    it('is shown whole where the request waited for the buyer’s tags', async () => {
      const order = await delivered('PO-LARGE-EARLY');
      const financing = await story.requested('bank-a', { order }, '40.00');
      await judged('bank-a', financing);
      await story.offered('bank-a', financing, { advance: '1.00', kind: 'PLEDGE' });
    });

    it('is offered on once what it is judged by has come, and shown nothing twice by itself', async () => {
      const { order, receivable } = await claimed('PO-LARGE-LATE');
      const root = toBytes((await story.supplier.get(`/v1/orders/${order}`)).body['commitment'] as Hex);
      const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
      const move = (from: Uint8Array, to: Uint8Array) =>
        manager.query('UPDATE documents SET root = $2 WHERE root = $1', [from, to]);
      await move(root, AWAY);
      const financing = await story.requested('bank-b', { receivable }, '40.00');
      await judged('bank-b', financing, true);
      const bank = story.bank('bank-b');
      const offer = async () =>
        bank.post(`/v1/financings/${financing}/offer`, await story.terms({ advance: '108.00' }));
      expect(refusalOf(await offer())).toEqual([409, 'EVIDENCE_AWAITED']);

      await move(AWAY, root);
      await judged('bank-b', financing);
      // What is shown again with it may come in letters of its own.
      await arrives(
        () => bank.get(`/v1/receivables/${receivable}/cover`),
        ({ cover }) => (cover as Json)['amount'] === '108.00',
      );
      made(await offer());
      const before = await settledAt('supplier-1', financing);
      const late = await story.record(order, referring({ quantity: '0.1' }));
      const store = nodes.of('bank-b').app.get(EvidenceStore, { strict: false });
      await arrives(
        async () => ({
          status: 200,
          block: 0,
          body: { roots: (await store.of(financing as Hex)).map(({ root }) => root) },
        }),
        ({ roots }) => (roots as string[]).includes(late),
      );
      expect(await settledAt('supplier-1', financing)).toBe(before + 1);

      // As though its lender had refused it: it goes once more, with what is shown next.
      const shown = 'SELECT letter FROM financing_shown WHERE financing = $1 AND root = $2';
      const letterOf = async () => {
        const [row] = await manager.query<Json[]>(
          shown,
          [financing, late].map((id) => toBytes(id as Hex)),
        );
        return row!['letter'] as string;
      };
      const refused = await letterOf();
      await manager.query(`UPDATE exchange_outbox SET outcome = 'SET_ASIDE' WHERE id = $1`, [refused]);
      await story.record(order, referring({ quantity: '0.05' }));
      await arrives(
        async () => ({ status: 200, block: 0, body: { letter: await letterOf() } }),
        ({ letter }) => letter !== refused,
      );
    });

    it('is offered on once a version of its order comes in force that was shown as proposed', async () => {
      const number = 'PO-LARGE-CHANGED';
      const order = await story.acceptedOrder(number);
      const financing = await story.requested('bank-b', { order }, '40.00');
      await judged('bank-b', financing);
      const line = { id: '1', item: 'RING', unit: 'C62', quantity: 90, amount: '90.00' };
      const { payer: buyer, payee: seller, currency } = story.invoiceOf(number);
      const document = {
        ...{ kind: 'ORDER_CHANGE', number: `${number}-C`, issueDate: '2026-11-20', orderNumber: number },
        ...{ currency, buyer, seller, lines: [line], amount: '90.00' },
      };
      const { pendingVersion } = made(await nodes.of('core').client.post(`/v1/orders/${order}/changes`, { document }));
      await arrives(
        () => story.bank('bank-b').get(`/v1/financings/${financing}/changes`),
        ({ items }) => (items as Json[]).some(({ shown }) => (shown as Json[] | undefined)?.length),
      );
      // The version in force has yet to come: from here on no letter brings anything new.
      const { manager } = nodes.of('bank-b').app.get(UnitOfWork);
      const root = toBytes((await story.supplier.get(`/v1/orders/${order}`)).body['commitment'] as Hex);
      await manager.query('DELETE FROM granted_copies WHERE root = $1', [root]);
      await manager.query('UPDATE financings SET evidence_awaited = true WHERE id = $1', [toBytes(financing as Hex)]);
      const offer = async () =>
        story
          .bank('bank-b')
          .post(`/v1/financings/${financing}/offer`, await story.terms({ advance: '1.00', kind: 'PLEDGE' }));
      expect(refusalOf(await offer())).toEqual([409, 'EVIDENCE_AWAITED']);

      made(await story.supplier.post(`/v1/orders/${order}/changes/${String(pendingVersion)}/acceptance`));
      await arrives(
        () => story.bank('bank-b').get(`/v1/orders/${order}`),
        ({ version }) => version === pendingVersion,
      );
      made(await offer());
      expect((await story.bank('bank-b').get(`/v1/financings/${financing}`)).body).toMatchObject({
        ...{ status: 'OFFERED', evidenceAwaited: false },
      });
    });

    it('is shown all again but for a document that no letter takes, which its holder is told of', async () => {
      const order = await story.acceptedOrder('PO-LARGE-AGAIN', { lines: ordered(MANY) });
      const financing = await story.requested('bank-a', { order }, '40.00');
      await judged('bank-a', financing);
      const before = await settledAt('supplier-1', financing);
      const beyond = await story.record(
        order,
        linesOf(2 * TOO_MANY, (id) => ({ id, orderLine: String((Number(id) % MANY) + 1), quantity: '0.1' })),
      );
      const { manager } = nodes.of('supplier-1').app.get(UnitOfWork);
      const here = () => manager.query<Json[]>('SELECT FROM documents WHERE root = $1', [toBytes(beyond as Hex)]);
      await arrives(
        async () => ({ status: 200, block: 0, body: { here: (await here()).length } }),
        ({ here }) => here === 1,
      );
      const shown = made(await story.supplier.post(`/v1/financings/${financing}/evidence`));
      expect(shown).toMatchObject({ status: 'REQUESTED', leftOut: [{ root: beyond, object: order }] });
      expect(await settledAt('supplier-1', financing)).toBe(before + 1);
    });

    it('of a document that no letter takes is refused at once', async () => {
      const order = await story.acceptedOrder('PO-LARGEST', { lines: ordered(TOO_MANY) });
      const body = { order, lender: 'bank-a', requested: { amount: '40.00', currency: 'GBP' } };
      const refused = await story.supplier.post('/v1/financings', body);
      expect(refusalOf(refused)).toEqual([422, 'DISCLOSURE_TOO_LARGE']);
      expect((await story.supplier.get(`/v1/financings?object=${order}`)).body['items']).toEqual([]);
    });
  });
}

/** How many letters about it a member has sent, once all have arrived and were taken in. */
export async function settledAt(member: string, financing: string): Promise<number> {
  const { manager } = nodes.of(member).app.get(UnitOfWork);
  const count = async () => {
    const [found] = await manager.query<Json[]>(
      `SELECT count(*) FILTER (WHERE status = 'DELIVERED' AND outcome = 'HANDLED')::int AS done, count(*)::int AS all
       FROM exchange_outbox WHERE object = $1 AND type IN ('financing.request', 'financing.evidence')`,
      [toBytes(financing as Hex)],
    );
    return { status: 200, block: 0, body: found! };
  };
  const { all } = await arrives(count, ({ done, all }) => done === all);
  return all as number;
}
