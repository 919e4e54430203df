import { readdirSync, readFileSync } from 'node:fs';
import { hexlify, randomBytes } from 'ethers';
import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { rpc } from '../../../scripts/embedded/rpc.js';
import { arrives, made, Story } from '../../../node/src/financing/testing/story.js';
import { orderDocument } from '../../../node/src/orders/testing/documents.js';
import { eventually } from '../../support/eventually.js';
import type { RunningConsortium } from '../../support/running-consortium.js';
import { withoutBlocks } from '../../support/without-blocks.js';
import { OnChain } from '../support/on-chain.js';
import { until } from '../support/settled.js';

/** What is financed, issued, confirmed or posted once. Moves the chain's time at its end. */
export function once(running: () => RunningConsortium): void {
  const DAY = 86_400;
  const BANKS = ['bank-a', 'bank-b'] as const;

  let consortium: RunningConsortium;
  let chain: OnChain;
  let story: Story;
  let core: MemberClient;
  let supplier: MemberClient;
  /** Financed by bank A: receivable of order PO-ONCE. */
  let financed: string;
  let order: string;

  /** Names of a process's threads, as Linux tells them; one may end meanwhile. */
  const threadsOf = (pid: number): string[] =>
    readdirSync(`/proc/${pid}/task`).flatMap((task) => {
      try {
        return readFileSync(`/proc/${pid}/task/${task}/comm`, 'utf8').trim();
      } catch {
        return [];
      }
    });

  const refusalOf = ({ status, body }: Answer) => [status, body['code']];

  /** What every member sees of the claim on an object; the auditor's node may need a moment to be where others are. */
  const encumbranceOf = async (receivable: string, state?: string): Promise<Json> => {
    const { body } = await eventually(
      () => consortium.member('auditor').get(`/v1/registry/receivables/${receivable}`),
      (answer) => state === undefined || (answer.body['encumbrance'] as Json | undefined)?.['state'] === state,
    );
    return body['encumbrance'] as Json;
  };

  beforeAll(() => {
    consortium = running();
    chain = new OnChain(consortium);
    story = new Story({
      of: (name) => ({ client: consortium.member(name) }),
      anvil: { url: consortium.file.rpcUrl },
    });
    ({ core, supplier } = story);
  });

  afterAll(() => {
    chain?.close();
  });

  describe('a receivable', () => {
    let second: string;

    it('is financed by the bank that agreed first', async () => {
      order = await story.acceptedOrder('PO-ONCE');
      await story.receive(order, 100);
      financed = await story.confirm(await story.issued(order, story.invoiceOf('PO-ONCE')), {});
      const first = await story.requested('bank-a', { receivable: financed });
      second = await story.requested('bank-b', { receivable: financed });
      await story.offered('bank-a', first);
      await story.offered('bank-b', second);
      await story.disbursed('bank-a', first);
      expect(await encumbranceOf(financed, 'ASSIGNED')).toMatchObject({ state: 'ASSIGNED' });
    });

    it('is refused to the second bank by the nodes', async () => {
      const before = await encumbranceOf(financed);
      expect(refusalOf(await supplier.post(`/v1/financings/${second}/agreement`))).toEqual([
        409,
        'RECEIVABLE_ALREADY_ENCUMBERED',
      ]);
      const third = await story.requested('bank-b', { receivable: financed });
      const offer = await story.bank('bank-b').post(`/v1/financings/${third}/offer`, await story.terms());
      expect(refusalOf(offer)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      const { body } = await story.bank('bank-b').get(`/v1/receivables/${financed}/verification`);
      expect(body['valid']).toBe(false);
      expect(body['fragments']).toContainEqual(
        expect.objectContaining({
          kind: 'ENCUMBRANCE',
          status: 'INVALID',
          reason: expect.objectContaining({ code: 'RECEIVABLE_ALREADY_ENCUMBERED' }) as Json,
        }),
      );
      expect(await encumbranceOf(financed)).toEqual(before);
    });

    it('is refused to the second bank by the chain, sent with both signatures', async () => {
      const before = await encumbranceOf(financed);
      const reservation = await chain.reservationOf(financed);
      const holder = chain.oneTime('supplier-1', financed);
      const lender = chain.oneTime('bank-b', financed);
      const again = { ...reservation, lender: lender.address, disburseBy: (await chain.now()) + DAY };
      expect(await chain.reserve(again, { holder, lender })).toBe('ReceivableAlreadyEncumbered');
      expect(await encumbranceOf(financed)).toEqual(before);
      expect(await chain.events('EncumbranceReserved', financed)).toHaveLength(1);
    });

    it('goes to one of two banks that agree at the same moment', async () => {
      const receivable = await story.confirmed({ number: 'PO-RACE' });
      const financings = await Promise.all(BANKS.map((bank) => story.requested(bank, { receivable })));
      await Promise.all(financings.map((id, i) => story.offered(BANKS[i]!, id)));
      const answers = await Promise.all(financings.map((id) => supplier.post(`/v1/financings/${id}/agreement`)));
      const winners = answers.filter(({ status, body }) => status === 201 && body['status'] === 'AGREED');
      expect(winners).toHaveLength(1);
      expect(answers.map(refusalOf)).toContainEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      expect(await chain.events('EncumbranceReserved', receivable)).toHaveLength(1);
    });

    it('goes to one of two reservations of one block', async () => {
      const receivable = await story.confirmed({ number: 'PO-BLOCK' });
      const financing = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', financing);
      made(await supplier.post(`/v1/financings/${financing}/agreement`));
      const reservation = await chain.reservationOf(receivable);
      await arrives(
        () => story.bank('bank-a').get(`/v1/financings/${financing}`),
        ({ status }) => status === 'AGREED',
      );
      made(await story.bank('bank-a').post(`/v1/financings/${financing}/drop`));
      expect(await encumbranceOf(receivable, 'NONE')).toMatchObject({ state: 'NONE' });

      const holder = chain.oneTime('supplier-1', receivable);
      const lenders = BANKS.map((bank) => chain.oneTime(bank, receivable));
      const addresses = lenders.map(({ address }) => address);
      const sent = await withoutBlocks(consortium.file.rpcUrl, async () => {
        const both = lenders.map((lender) =>
          chain.reserve({ ...reservation, lender: lender.address }, { holder, lender }),
        );
        await until(async () => expect(await chain.waiting()).toEqual(expect.arrayContaining(addresses)));
        return both;
      });
      expect((await Promise.all(sent)).sort()).toEqual(['INCLUDED', 'ReceivableAlreadyEncumbered']);
      const [reserved] = await chain.events('EncumbranceReserved', receivable);
      expect(await chain.sendersBeside(reserved!.transactionHash)).toEqual(expect.arrayContaining(addresses));
    });
  });

  describe('an invoice', () => {
    it('issued twice is refused by the supplier’s node', async () => {
      const document = story.invoiceOf('PO-ONCE');
      const again = await supplier.post(`/v1/receivables?order=${order}`, { document });
      expect(refusalOf(again)).toEqual([409, 'INVOICE_ALREADY_ISSUED']);
      const spelled = { ...document, number: ' inv-po-once ' };
      const otherwise = await supplier.post(`/v1/receivables?order=${order}`, { document: spelled });
      expect(refusalOf(otherwise)).toEqual([409, 'INVOICE_ALREADY_ISSUED']);
    });

    it('confirmed twice is refused by the obligor’s node', async () => {
      const again = await core.post(`/v1/receivables/${financed}/confirmation`);
      expect(refusalOf(again)).toEqual([409, 'RECEIVABLE_INVALID_TRANSITION']);
    });

    it('issued twice on chain is confirmed once there: its fingerprint is taken', async () => {
      const [issued] = await chain.events('ReceivableIssued', financed);
      const { commitment, orders } = issued!.args.toObject() as { commitment: string; orders: string[] };
      const copy = [[...orders], commitment, chain.oneTime('supplier-1', commitment).address, hexlify(randomBytes(32))];
      expect(await chain.send(chain.operator('supplier-1'), 'issue', copy)).toBe('INCLUDED');
      const [latest] = await chain.events('ReceivableIssued');
      const twin = String(latest!.args['receivable']);
      expect(twin).not.toBe(financed);

      const [confirmed] = await chain.events('ReceivableConfirmed', financed);
      const { confirmation, scope, instalment, instalments, fingerprints } = confirmed!.args.toObject();
      const args = [twin, confirmation, scope, instalment, instalments, [...(fingerprints as string[])]];
      expect(await chain.send(chain.operator('core'), 'confirm', args)).toBe('FingerprintTaken');
      await arrives(
        () => core.get(`/v1/registry/receivables/${twin}`),
        () => true,
      );
      const refused = await core.post(`/v1/receivables/${twin}/confirmation`);
      expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_DOCUMENT_MISSING']);
    });
  });

  describe('a purchase order', () => {
    it('posted twice is refused by the buyer’s node, and financed once when it insists', async () => {
      await expect(story.acceptedOrder('po once')).rejects.toThrow('ORDER_NUMBER_ALREADY_POSTED');
      const twin = await story.acceptedOrder('po-once', { repeat: true });
      expect(twin).not.toBe(order);
      await story.receive(twin, 100);
      const invoice = { ...story.invoiceOf('po-once'), number: 'INV-TWIN' };
      const receivable = await story.confirm(await story.issued(twin, invoice), {});
      const financing = await story.requested('bank-b', { receivable });
      const offer = await story.bank('bank-b').post(`/v1/financings/${financing}/offer`, await story.terms());
      const refused = offer.status === 201 ? await agreement(financing) : offer;
      expect(refusalOf(refused)).toEqual([409, 'ORDER_TAG_TAKEN']);

      const first = await chain.reservationOf(financed);
      const tag = await chain.orderTag('core', twin, first.orderTags[0]!.tags);
      const [holder, lender] = [chain.oneTime('supplier-1', receivable), chain.oneTime('bank-b', receivable)];
      const terms = { ...first, object: receivable, lender: lender.address, disburseBy: (await chain.now()) + DAY };
      expect(await chain.reserve({ ...terms, orderTags: [tag] }, { holder, lender })).toBe('OrderTagTaken');
      const invented = await chain.orderTag('supplier-1', twin, [hexlify(randomBytes(32))]);
      expect(await chain.reserve({ ...terms, orderTags: [invented] }, { holder, lender })).toBe(
        'EncumbranceUnauthorized',
      );
      expect(await encumbranceOf(receivable, 'NONE')).toMatchObject({ state: 'NONE' });
      expect(await chain.events('EncumbranceReserved', receivable)).toHaveLength(0);
    });

    const agreement = async (financing: string): Promise<Answer> => {
      await arrives(
        () => supplier.get(`/v1/financings/${financing}`),
        ({ status }) => status === 'OFFERED',
      );
      return supplier.post(`/v1/financings/${financing}/agreement`);
    };
  });

  describe('orders of many lines posted at once', () => {
    it('are committed to on a thread of its own, where they are posted and where they are taken in', async () => {
      const lines = Array.from({ length: 10 }, (_, i) => ({
        id: `${i}`,
        item: `W-${i}`,
        quantity: '1',
        unit: 'C62',
        amount: '505.00',
      }));
      const orders = Array.from({ length: 20 }, () => ({ supplier: 'supplier-1', document: orderDocument({ lines }) }));
      const names = ['core', 'supplier-1'];
      const pids = names.map((name) => [name, consortium.nodePid(name)] as const);
      // Meanwhile: a thread ends when it has had nothing to do for a while, which may be before anybody is answered.
      const seen = new Set<string>();
      const looking = setInterval(() => {
        for (const [name, pid] of pids) if (threadsOf(pid).includes('commitments')) seen.add(name);
      }, 100);
      try {
        const { items } = made(await core.post('/v1/orders/bulk', orders)) as { items: { id: string }[] };
        await arrives(
          () => supplier.get(`/v1/orders/${items.at(-1)!.id}`),
          ({ number }) => typeof number === 'string',
        );
        await until(async () => expect([...seen].sort()).toEqual(names));
      } finally {
        clearInterval(looking);
      }
      for (const name of names) expect(consortium.logOf(name)).not.toContain('thread of commitments');
    });
  });

  // The last one, since it moves the chain's time.
  describe('a reservation that is agreed and never disbursed', () => {
    it('lapses by itself, and the receivable is financed elsewhere', async () => {
      const receivable = await story.confirmed({ number: 'PO-LAPSE' });
      const lapsing = await story.requested('bank-a', { receivable });
      await story.offered('bank-a', lapsing);
      made(await supplier.post(`/v1/financings/${lapsing}/agreement`));
      expect(await encumbranceOf(receivable, 'RESERVED')).toMatchObject({ state: 'RESERVED' });
      await rpc(consortium.file.rpcUrl, 'evm_increaseTime', [5 * DAY + 60]);
      await rpc(consortium.file.rpcUrl, 'evm_mine');
      for (const side of [supplier, story.bank('bank-a')])
        await arrives(
          () => side.get(`/v1/financings/${lapsing}`),
          ({ status }) => status === 'EXPIRED',
        );
      expect(await encumbranceOf(receivable, 'NONE')).toMatchObject({ state: 'NONE' });
      const late = await story.bank('bank-a').post(`/v1/financings/${lapsing}/disbursement`, { reference: 'LATE' });
      expect(refusalOf(late)).toEqual([409, 'FINANCING_INVALID_TRANSITION']);

      const elsewhere = await story.requested('bank-b', { receivable });
      await story.offered('bank-b', elsewhere);
      await story.disbursed('bank-b', elsewhere);
      expect(await encumbranceOf(receivable, 'ASSIGNED')).toMatchObject({ state: 'ASSIGNED' });
    });
  });
}
