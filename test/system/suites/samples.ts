import type { Answer, Json, MemberClient } from '../../../scripts/demo/client.js';
import { arrives, made } from '../../../node/src/financing/testing/story.js';
import { eventually } from '../../support/eventually.js';
import type { RunningConsortium } from '../../support/running-consortium.js';
import { haveSamples, rekeyed, sample, samplePaths } from '../support/shared-samples.js';

/** The main job on the public sample documents, where they are. */
export function samples(running: () => RunningConsortium): void {
  if (!haveSamples) process.stdout.write('skipped: no public sample documents in ../shared/samples\n');
  const whenThere = haveSamples ? describe : describe.skip;

  const refusalOf = ({ status, body }: Answer) => [
    status,
    body['code'],
    (body['facts'] as Json | undefined)?.['field'],
  ];

  whenThere('the main job on public documents', () => {
    let consortium: RunningConsortium;
    let core: MemberClient;
    let supplier: MemberClient;

    beforeAll(() => {
      consortium = running();
      [core, supplier] = [consortium.member('core'), consortium.member('supplier-1')];
    });

    const posted = async (document: string): Promise<string> => {
      const id = String(made(await core.postXml('/v1/orders?supplier=supplier-1', document))['id']);
      await arrives(
        () => supplier.get(`/v1/orders/${id}`),
        ({ number }) => number !== null,
      );
      return id;
    };

    const received = async (order: string, quantities: Record<string, number>): Promise<void> => {
      await arrives(
        () => core.get(`/v1/orders/${order}`),
        ({ status }) => status === 'ACCEPTED',
      );
      const lines = Object.entries(quantities).map(([orderLine, quantity]) => ({ orderLine, quantity }));
      const document = { kind: 'RECEIPT', issueDate: '2026-11-10', lines };
      made(await core.post(`/v1/orders/${order}/milestones`, { kind: 'RECEIVED', document }));
    };

    const issued = async (order: string, invoice: string): Promise<string> => {
      const id = String(made(await supplier.postXml(`/v1/receivables?order=${order}`, invoice))['id']);
      await arrives(
        () => core.get(`/v1/receivables/${id}`),
        ({ amount }) => amount !== undefined,
      );
      return id;
    };

    /** Verified and financed by bank A, then refused to bank B. */
    const financedOnce = async (receivable: string, advance: Json): Promise<void> => {
      await arrives(
        () => supplier.get(`/v1/receivables/${receivable}`),
        ({ confirmed }) => confirmed !== undefined && confirmed !== null,
      );
      const terms = {
        advance,
        ...{ discountBps: 300, recourse: false, kind: 'ASSIGNMENT' },
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      };
      const asked: string[] = [];
      for (const lender of ['bank-a', 'bank-b']) {
        const request = { receivable, lender, requested: advance };
        const id = String(made(await supplier.post('/v1/financings', request))['id']);
        await arrives(
          () => consortium.member(lender).get(`/v1/financings/${id}`),
          () => true,
        );
        asked.push(id);
      }
      const [bankA, bankB] = [consortium.member('bank-a'), consortium.member('bank-b')];
      // Not while the bank's index is behind.
      const verdict = await arrives(
        () => bankA.get(`/v1/receivables/${receivable}/verification`),
        ({ valid }) => valid === true,
      );
      expect(verdict).toEqual(expect.objectContaining({ valid: true, trust: 'own-rpc' }));
      made(await bankA.post(`/v1/financings/${asked[0]}/offer`, terms));
      await arrives(
        () => supplier.get(`/v1/financings/${asked[0]}`),
        ({ status }) => status === 'OFFERED',
      );
      made(await supplier.post(`/v1/financings/${asked[0]}/agreement`));
      await arrives(
        () => bankA.get(`/v1/financings/${asked[0]}`),
        ({ status }) => status === 'AGREED',
      );
      made(await bankA.post(`/v1/financings/${asked[0]}/disbursement`, { reference: 'SAMPLE' }));
      await arrives(
        () => bankB.get(`/v1/registry/receivables/${receivable}`),
        ({ encumbrance }) => (encumbrance as Json)['state'] === 'ASSIGNED',
      );
      const refused = await bankB.post(`/v1/financings/${asked[1]}/offer`, terms);
      expect(refusalOf(refused).slice(0, 2)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
      expect((await bankB.get(`/v1/receivables/${receivable}/verification`)).body['valid']).toBe(false);
    };

    it('UBL 2.1: order 34, its response, and an invoice made to belong to it', async () => {
      const order = await posted(sample('ubl/UBL-Order-2.1-Example.xml'));
      expect((await supplier.get(`/v1/orders/${order}`)).body).toMatchObject({
        number: '34',
        amount: '6225.00',
        currency: 'SEK',
      });
      const response = sample('ubl/UBL-OrderResponse-2.1-Example.xml');
      const accepted = await supplier.postXml(`/v1/orders/${order}/acceptance`, response);
      expect(made(accepted)['status']).toBe('ACCEPTED');
      await received(order, { '1': 120, '2': 15 });

      const invoice = sample('ubl/UBL-Invoice-2.1-Example.xml');
      const issue = (document: string) => supplier.postXml(`/v1/receivables?order=${order}`, document);
      expect(refusalOf(await issue(invoice))).toEqual([422, 'INVOICE_ORDER_MISMATCH', '/currency']);
      const inSek = rekeyed(invoice, { EUR: 'SEK' });
      expect(refusalOf(await issue(inSek))).toEqual([422, 'INVOICE_ORDER_MISMATCH', '/orderNumber']);
      const linked = rekeyed(inSek, {
        '<cbc:ID>123</cbc:ID>': '<cbc:ID>34</cbc:ID>',
        'unitCode="C62"': 'unitCode="LTR"',
        '<cbc:CompanyID schemeID="CVR" schemeAgencyID="ZZZ">5402697509':
          '<cbc:CompanyID schemeID="SE:ORGNR">5532332283',
        '<cbc:CompanyID schemeAgencyID="ZZZ" schemeID="ZZZ">5645342123':
          '<cbc:CompanyID schemeID="SE:ORGNR">5532331183',
      });
      const receivable = await issued(order, linked);
      const beyond = await core.post(`/v1/receivables/${receivable}/confirmation`);
      expect(refusalOf(beyond).slice(0, 2)).toEqual([409, 'CONFIRMATION_EXCEEDS_COVER']);
      const { cover } = (await core.get(`/v1/receivables/${receivable}/cover`)).body as { cover: Json };
      expect(cover['currency']).toBe('SEK');
      made(await core.post(`/v1/receivables/${receivable}/confirmation`, { amount: cover }));
      await financedOnce(receivable, cover);
    });

    it('Peppol: order, despatch advice and invoice made to be one trade', async () => {
      const order = await posted(
        rekeyed(sample('peppol/order-uc1.xml'), {
          '<cbc:ID>1</cbc:ID>\n  <cbc:IssueDate>': '<cbc:ID>PEP-1</cbc:ID>\n  <cbc:IssueDate>',
        }),
      );
      made(await supplier.post(`/v1/orders/${order}/acceptance`));

      const advice = sample('peppol/despatch-advice-uc1.xml');
      const despatch = (document: string) =>
        supplier.postXml(`/v1/orders/${order}/milestones?kind=DESPATCHED`, document);
      expect(refusalOf(await despatch(advice)).slice(0, 2)).toEqual([422, 'ORDER_REFERENCE_MISMATCH']);
      const parties = { '7385000000124': '7300010000002', '7390000400003': '7300010000001' };
      made(await despatch(rekeyed(advice, { '4321': 'PEP-1', ...parties })));
      await received(order, { '1': 10, '2': 5, '3': 15 });

      const invoice = sample('peppol/invoice-base.xml');
      const issue = (document: string) => supplier.postXml(`/v1/receivables?order=${order}`, document);
      expect(refusalOf(await issue(invoice))).toEqual([422, 'INVOICE_ORDER_MISMATCH', '/orderNumber']);
      const reference = (number: string) => ({
        '</cbc:BuyerReference>': `</cbc:BuyerReference><cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>`,
      });
      const ofAnother = await issue(rekeyed(invoice, reference('PEP-2')));
      expect(refusalOf(ofAnother)).toEqual([422, 'INVOICE_ORDER_MISMATCH', '/orderNumber']);
      const inKroner = await issue(rekeyed(invoice, { ...reference('PEP-1'), EUR: 'NOK' }));
      expect(refusalOf(inKroner)).toEqual([422, 'INVOICE_ORDER_MISMATCH', '/currency']);
      const linked = rekeyed(invoice, {
        ...reference('PEP-1'),
        '<cbc:LineID>123<': '<cbc:LineID>1<',
        'unitCode="DAY"': 'unitCode="NAR"',
        '<cbc:CompanyID>GB983294': '<cbc:CompanyID schemeID="0192">987654325',
        '<cbc:CompanyID schemeID="0183">39937423947': '<cbc:CompanyID schemeID="0088">7300010000001',
      });
      const receivable = await issued(order, linked);
      const { cover } = (await core.get(`/v1/receivables/${receivable}/cover`)).body as { cover: Json };
      expect(cover).toEqual({ amount: '1656.25', currency: 'EUR' });
      expect(made(await core.post(`/v1/receivables/${receivable}/confirmation`))['status']).toBe('CONFIRMED');
      await financedOnce(receivable, cover);
    });

    it('each of them is taken or refused with a code, wherever it is sent', async () => {
      const order = await posted(rekeyed(sample('peppol/order-uc3.xml'), { '<cbc:ID>5<': '<cbc:ID>PEP-5<' }));
      made(await supplier.post(`/v1/orders/${order}/acceptance`));
      await eventually(
        () => core.get(`/v1/orders/${order}`),
        ({ body }) => body['status'] === 'ACCEPTED',
      );
      const routes: [MemberClient, string][] = [
        [core, '/v1/orders?supplier=supplier-2'],
        [supplier, `/v1/orders/${order}/acceptance`],
        [supplier, `/v1/orders/${order}/milestones`],
        [core, `/v1/orders/${order}/milestones?kind=RECEIVED`],
        [core, `/v1/orders/${order}/changes`],
        [supplier, `/v1/receivables?order=${order}`],
        [supplier, `/v1/receivables/0x${'0f'.repeat(32)}/credit-notes`],
      ];
      const wrong: unknown[] = [];
      for (const path of samplePaths()) {
        for (const [who, route] of routes) {
          const contentType = path.endsWith('.xml') ? 'application/xml' : 'application/ld+json';
          const response = await fetch(`${who.member.url}${route}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${who.member.apiKey}`, 'content-type': contentType },
            body: sample(path),
          });
          const { code } = (await response.json()) as Json;
          const { status } = response;
          if (status >= 500 || (status >= 400 && typeof code !== 'string')) wrong.push([path, route, status, code]);
        }
      }
      expect(wrong).toEqual([]);
    });
  });
}
