import { readFileSync } from 'node:fs';
import { importDocument, type ImportHint } from './import-document.js';
import { MAX_PATH, MAX_POINTER } from './source/limits.js';

const ORDER = readFileSync(new URL('../../../samples/ubl/order.xml', import.meta.url), 'utf8');
const INVOICE = readFileSync(new URL('../../../samples/ubl/invoice.xml', import.meta.url), 'utf8');
const RESPONSE = readFileSync(new URL('../../../samples/ubl/order-response.xml', import.meta.url), 'utf8');
const JSON_INVOICE = readFileSync(new URL('../../../samples/json/invoice.json', import.meta.url), 'utf8');
const JSON_ORDER = readFileSync(new URL('../../../samples/json/order.json', import.meta.url), 'utf8');

const xml = (text: string, hint?: ImportHint) => importDocument(Buffer.from(text), 'application/xml', hint);
const json = (text: string, hint?: ImportHint) => importDocument(Buffer.from(text), 'application/json', hint);
const DERIVED = 'AMOUNT_DERIVED /amount: the sum of the lines, with charges and taxes, less allowances';
const refusal = (code: string, pointer?: string) =>
  expect.objectContaining({ name: 'Problem', code, ...(pointer && { facts: expect.objectContaining({ pointer }) }) });

describe('importDocument refuses', () => {
  it.each([
    ['no number', /<cbc:ID>PO-2026-0042<\/cbc:ID>/, '', 'DOCUMENT_FIELD_MISSING'],
    ['an empty number', '>PO-2026-0042<', '> <', 'DOCUMENT_FIELD_MISSING'],
    ['no date', /<cbc:IssueDate>.*<\/cbc:IssueDate>/, '', 'DOCUMENT_FIELD_MISSING'],
    ['a day that is none', '>2026-11-02<', '>2026-02-30<', 'DOCUMENT_FIELD_INVALID'],
    ['a date of another form', '>2026-11-02<', '>02.11.2026<', 'DOCUMENT_FIELD_INVALID'],
    ['an unknown currency', />EUR</, '>EUX<', 'CURRENCY_UNKNOWN'],
    ['another currency than its amounts', />EUR</, '>USD<', 'CURRENCY_MISMATCH'],
    ['an unknown currency throughout', /EUR/g, 'EUX', 'CURRENCY_UNKNOWN'],
    [
      'an amount in another currency',
      /currencyID="EUR">107.50<\/cbc:Pay/,
      'currencyID="USD">107.50</cbc:Pay',
      'CURRENCY_MISMATCH',
    ],
    ['a negative amount', />107.50<\/cbc:Pay/, '>-107.50</cbc:Pay', 'AMOUNT_INVALID'],
    ['a negative line', />75.00</, '>-75.00<', 'AMOUNT_INVALID'],
    ['a negative price', />0.75</, '>-0.75<', 'AMOUNT_INVALID'],
    ['words for an amount', />107.50<\/cbc:Pay/, '>a lot</cbc:Pay', 'AMOUNT_INVALID'],
    ['a comma in an amount', />107.50<\/cbc:Pay/, '>107,50</cbc:Pay', 'AMOUNT_INVALID'],
    ['an exponent', />107.50<\/cbc:Pay/, '>1e2</cbc:Pay', 'AMOUNT_INVALID'],
    ['a negative quantity', />100</, '>-100<', 'DECIMAL_INVALID'],
    ['words for a quantity', />100</, '>some<', 'DECIMAL_INVALID'],
    ['two totals', /(<cbc:PayableAmount.*<\/cbc:PayableAmount>)/, '$1$1', 'DOCUMENT_REPEATED_KEY'],
    ['two lines of one number', /<cbc:ID>2</, '<cbc:ID>1<', 'DOCUMENT_REPEATED_KEY'],
    ['another root', /<(\/?)Order(?=[ >])/g, '<$1Waybill', 'DOCUMENT_KIND_UNSUPPORTED'],
    ['a later schema', 'xsd:Order-2', 'xsd:Order-3', 'DOCUMENT_KIND_UNSUPPORTED'],
    ['half of it', /<\/cac:BuyerCustomerParty>[^]*/, '', 'DOCUMENT_MALFORMED'],
  ])('an order with %s', (_, from, to, code) => {
    const changed = ORDER.replace(from, to);
    expect(changed).not.toBe(ORDER);
    expect(() => xml(changed)).toThrow(refusal(code));
  });

  it('an answer that delivers one of two things in the place of a line', () => {
    const item = '<cac:Item><cbc:Name>Ring</cbc:Name></cac:Item>';
    const other = `<cac:SellerSubstitutedLineItem><cbc:ID>1</cbc:ID>${item}</cac:SellerSubstitutedLineItem>`;
    const answering = (others: string) =>
      xml(
        RESPONSE.replace(
          '</OrderResponse>',
          `<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID>${item}</cac:LineItem>${others}</cac:OrderLine></OrderResponse>`,
        ),
      );
    expect(answering(other).model).toMatchObject({ lines: [{ substitute: { item: { name: 'Ring' } } }] });
    expect(() => answering(other + other)).toThrow(refusal('DOCUMENT_REPEATED_KEY'));
  });

  it.each([
    ['no payable amount', /<cbc:PayableAmount.*<\/cbc:PayableAmount>/, '', 'DOCUMENT_FIELD_MISSING'],
    ['no lines', /<cac:InvoiceLine>[^]*<\/cac:InvoiceLine>/, '', 'DOCUMENT_FIELD_MISSING'],
    ['a line without amount', /<cbc:LineExtensionAmount currencyID="EUR">75.*/, '', 'DOCUMENT_FIELD_MISSING'],
    ['two due dates', /(<cbc:DueDate>.*<\/cbc:DueDate>)/, '$1$1', 'DOCUMENT_REPEATED_KEY'],
    ['less than nothing to pay', />107.50<\/cbc:Pay/, '>-1.00</cbc:Pay', 'AMOUNT_INVALID'],
  ])('an invoice with %s', (_, from, to, code) => {
    const changed = INVOICE.replace(from, to);
    expect(changed).not.toBe(INVOICE);
    expect(() => xml(changed)).toThrow(refusal(code));
  });

  it('what is not of the kind asked for', () => {
    expect(() => xml(ORDER, { kind: 'INVOICE' })).toThrow(refusal('DOCUMENT_KIND_MISMATCH'));
    expect(() => json(JSON_ORDER, { kind: 'INVOICE' })).toThrow(refusal('DOCUMENT_KIND_MISMATCH'));
    expect(() => json('{"kind":"WAYBILL"}')).toThrow(refusal('DOCUMENT_KIND_UNSUPPORTED'));
    expect(() => json('{"kind":"constructor"}')).toThrow(refusal('DOCUMENT_KIND_UNSUPPORTED'));
    expect(() => json('[]')).toThrow(refusal('DOCUMENT_KIND_UNSUPPORTED'));
    expect(() => json('{"@context":"x","type":"EPCISDocument"}')).toThrow(refusal('DOCUMENT_KIND_UNSUPPORTED'));
  });

  it('media types of nothing that it knows', () => {
    expect(() => importDocument(Buffer.from(ORDER), 'application/pdf')).toThrow(
      refusal('DOCUMENT_MEDIA_TYPE_UNSUPPORTED'),
    );
    expect(() => importDocument(Buffer.from(ORDER), '')).toThrow(refusal('DOCUMENT_MEDIA_TYPE_UNSUPPORTED'));
    expect(importDocument(Buffer.from(ORDER), 'Text/XML; charset=utf-8').kind).toBe('ORDER');
    expect(importDocument(Buffer.from(JSON_ORDER), 'application/vnd.x+json').kind).toBe('ORDER');
  });

  it('JSON that says it otherwise than it can be meant', () => {
    const order = (rest: object) =>
      json(JSON.stringify({ number: '1', issueDate: '2026-01-01', currency: 'EUR', ...rest }), { kind: 'ORDER' });
    expect(() => order({ amount: '-1' })).toThrow(refusal('AMOUNT_INVALID', '/amount'));
    expect(() => order({ amount: true })).toThrow(refusal('AMOUNT_INVALID', '/amount'));
    expect(() => order({ amount: { amount: '1', currency: 'USD' } })).toThrow(refusal('CURRENCY_MISMATCH', '/amount'));
    expect(() => order({ currency: undefined, amount: '1' })).toThrow(refusal('DOCUMENT_FIELD_MISSING', '/currency'));
    expect(() => order({ currency: 'eur' })).toThrow(refusal('CURRENCY_UNKNOWN'));
    expect(() => order({ issueDate: '2026-01-01T00:00:00Z' })).toThrow(refusal('DOCUMENT_FIELD_INVALID', '/issueDate'));
    expect(() => order({ lines: [{ quantity: 'x' }] })).toThrow(refusal('DECIMAL_INVALID', '/lines/0/quantity'));
    expect(() => order({ lines: [{ quantity: -1 }] })).toThrow(refusal('DECIMAL_INVALID', '/lines/0/quantity'));
    expect(() => json('{"kind":"ORDER_RESPONSE","decision":"MAYBE"}')).toThrow(refusal('DOCUMENT_FIELD_INVALID'));
  });
});

describe('importDocument takes', () => {
  it('one member of a body, and commits to its bytes alone', () => {
    const body = `{"supplier":"supplier-1","document":${JSON_ORDER.trim()}}`;
    const document = json(body, { kind: 'ORDER', member: 'document' });
    expect(Buffer.from(document.source.bytes).toString()).toBe(JSON_ORDER.trim());
    expect(document.fields).toEqual(json(JSON_ORDER.trim()).fields);
    expect(() => json('{}', { member: 'document' })).toThrow(refusal('DOCUMENT_FIELD_MISSING', '/document'));
  });

  it('the smallest order, and says nothing that it does not', () => {
    const order = json('{"number":" 1 ","issueDate":"2026-01-01"}', { kind: 'ORDER' });
    expect(order.fields.map(({ path, value }) => [path, value])).toEqual([
      ['/number', '1'],
      ['/issueDate', '2026-01-01'],
      ['/lines/-', '0'],
      ['/source/format', 'JSON'],
      ['/source/sha256', order.source.sha256],
      ['/source/values/number', ' 1 '],
    ]);
  });

  it('money in each form, to the minor unit of its currency', () => {
    const amountOf = (rest: string) =>
      json(`{"number":"1","issueDate":"2026-01-01",${rest}}`, { kind: 'ORDER' }).fields.find(
        ({ path }) => path === '/amount',
      )?.value;
    expect(amountOf('"currency":"EUR","amount":107.5')).toBe('107.50');
    expect(amountOf('"currency":"EUR","amount":"107.5"')).toBe('107.50');
    expect(amountOf('"amount":{"amount":"107.5","currency":"GBP"}')).toBe('107.50');
    expect(amountOf('"currency":"JPY","amount":1.5e3')).toBe('1500');
    expect(amountOf('"currency":"BHD","amount":1')).toBe('1.000');
  });

  it('an order without totals, whose amount is then that of its lines', () => {
    const lines = [{ quantity: 3, price: '1.115' }, { amount: '2' }];
    const body = JSON.stringify({ number: '1', issueDate: '2026-01-01', currency: 'EUR', lines });
    const order = json(body, { kind: 'ORDER' });
    expect(order.model).toMatchObject({ amount: '5.35', lines: [{ amount: '3.35' }, { amount: '2.00' }] });
    expect(order.notes).toEqual(['LINE_AMOUNT_DERIVED /lines/0/amount: from quantity and price', DERIVED]);
    const taxed = json(body.replace('"lines"', '"taxAmount":"1.07","lines"'), { kind: 'ORDER' });
    expect([taxed.model, taxed.notes.at(-1)]).toMatchObject([{ amount: '6.42' }, DERIVED]);
  });

  describe('a UBL order without totals', () => {
    const euros = (name: string, amount: string) => `<cbc:${name} currencyID="EUR">${amount}</cbc:${name}>`;
    const allowance = (amount: string, charge = false) =>
      `<cac:AllowanceCharge><cbc:ChargeIndicator>${charge}</cbc:ChargeIndicator>${amount}</cac:AllowanceCharge>`;
    /** Its lines are worth 100.00, its taxes are 7.50. */
    const order = (terms: string, line = '') =>
      xml(
        ORDER.replace(/<cac:AnticipatedMonetaryTotal>[^]*<\/cac:AnticipatedMonetaryTotal>/, terms).replace(
          /<cbc:LineExtensionAmount currencyID="EUR">75.00.*/,
          line,
        ),
      );

    it('is worth its lines with charges and taxes, less allowances, as its note says', () => {
      const { model, notes } = order(allowance(euros('Amount', '20')) + allowance(euros('Amount', '5'), true));
      expect([model, notes.at(-1)]).toMatchObject([{ amount: '92.50' }, DERIVED]);
      expect(notes.join()).not.toContain('PAYABLE_SUM');
    });

    it('takes a line’s own off the line', () => {
      expect(order('', allowance(euros('Amount', '15'))).model).toMatchObject({
        amount: '92.50',
        lines: [{ amount: '60.00' }, { amount: '25.00' }],
      });
    });

    it.each([
      ['is in another currency', allowance('<cbc:Amount currencyID="SEK">20</cbc:Amount>')],
      ['is more than all of it', allowance(euros('Amount', '200'))],
    ])('has no worth that anybody knows when an allowance %s', (_, terms) => {
      const { model, notes } = order(terms);
      expect(model).not.toHaveProperty('amount', expect.any(String));
      expect(notes).not.toContain(DERIVED);
    });
  });

  it('wrong sums, with a note', () => {
    const lines = [{ quantity: 100, price: '100.00', amount: '100.00' }];
    const body = JSON.stringify({ number: '1', issueDate: '2026-01-01', currency: 'EUR', amount: '100.00', lines });
    expect(json(body, { kind: 'ORDER' }).notes).toEqual([
      'LINE_AMOUNT /lines/0/amount: its parts make 10000, the document says 100.00',
    ]);
  });

  describe('an invoice of which part was paid before', () => {
    const PAYABLE = '<cbc:PayableAmount currencyID="EUR">107.50';
    const prepaid = (amount: string) =>
      xml(
        INVOICE.replace(
          PAYABLE,
          `<cbc:PrepaidAmount currencyID="EUR">${amount}</cbc:PrepaidAmount><cbc:PayableRoundingAmount currencyID="EUR">0.5</cbc:PayableRoundingAmount><cbc:PayableAmount currencyID="EUR">8`,
        ),
      );

    it('and says how much, and by what it is rounded', () => {
      const { model, fields, notes } = prepaid('100');
      expect(model).toMatchObject({ amount: '8.00', prepaid: '100.00', rounding: '0.50' });
      expect(fields).toContainEqual({ path: '/prepaid', value: '100.00' });
      expect(fields).toContainEqual({ path: '/has', value: 'prepaid rounding' });
      expect(notes).toEqual([]);
    });

    it('in plain JSON, whose sums are held against it', () => {
      const invoice = JSON.parse(JSON_INVOICE) as object;
      const notes = (amount: string) =>
        json(JSON.stringify({ ...invoice, amount, prepaid: 100, rounding: '0.5' }), { kind: 'INVOICE' }).notes;
      expect(notes('8.00')).toEqual([]);
      expect(notes('7.50')).toEqual([expect.stringContaining('PAYABLE_SUM')]);
    });

    it('and says whether it bills a prepayment itself', () => {
      const ofType = (code: string) => xml(INVOICE.replace('InvoiceTypeCode>380<', `InvoiceTypeCode>${code}<`));
      const field = { path: '/ofPrepayment', value: 'true' };
      const { model, fields } = ofType('386');
      expect(model).toMatchObject({ ofPrepayment: true });
      expect(fields).toContainEqual(field);
      expect(fields).toContainEqual({ path: '/source/values/InvoiceTypeCode', value: '386' });
      expect(ofType('380').fields).not.toContainEqual(field);
      const plain = { ...(JSON.parse(JSON_INVOICE) as object), typeCode: '386' };
      expect(json(JSON.stringify(plain), { kind: 'INVOICE' }).fields).toContainEqual(field);
    });

    it('but not less than nothing', () => {
      expect(() => prepaid('-1')).toThrow(refusal('AMOUNT_INVALID', '/prepaid'));
    });
  });

  describe('an invoice that says to pay another', () => {
    const note = 'PAYEE_OTHER /payTo: the document says to pay another than its supplier';
    const paying = (payee: string) =>
      xml(INVOICE.replace('<cac:PaymentMeans>', `<cac:PayeeParty>${payee}</cac:PayeeParty><cac:PaymentMeans>`));
    const identified = (id: string, scheme = '') =>
      `<cac:PartyIdentification><cbc:ID${scheme}>${id}</cbc:ID></cac:PartyIdentification>`;
    const named = (name: string) => `<cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName>`;

    it('by its number, with a note', () => {
      const { model, notes, fields } = paying(identified('FACTOR'));
      expect(model).toMatchObject({ payTo: { entity: { id: 'FACTOR' } } });
      expect(notes).toEqual([note]);
      expect(fields).toContainEqual({ path: '/payTo/id', value: 'FACTOR' });
      expect(fields).toContainEqual({ path: '/has', value: 'payTo' });
    });

    it('by its name alone, which is all that EN 16931 asks for', () => {
      const { notes, fields } = paying(named('Some Factor'));
      expect(notes).toEqual([note]);
      expect(fields.filter(({ path }) => path.startsWith('/payTo'))).toEqual([
        { path: '/payTo/name', value: 'Some Factor' },
      ]);
      expect(fields).toContainEqual({ path: '/has', value: 'payTo' });
    });

    it('not when that is the supplier, whose name and number stay in the source', () => {
      for (const [payee, at, value] of [
        [named('halden  castings as'), 'PartyName/Name', 'halden  castings as'],
        [`${identified('9521000000025', ' schemeID="0088"')}${named('H')}`, 'PartyName/Name', 'H'],
      ] as const) {
        const { model, notes, fields } = paying(payee);
        expect(model).not.toHaveProperty('payTo');
        expect(notes).toEqual([]);
        expect(fields).toContainEqual({ path: '/has', value: '' });
        expect(fields).toContainEqual({ path: `/source/values/PayeeParty/${at}`, value });
      }
    });

    it('in plain JSON, by a bare name too', () => {
      const invoice = JSON.parse(JSON_INVOICE) as object;
      const withPayee = (payTo: unknown) => json(JSON.stringify({ ...invoice, payTo }), { kind: 'INVOICE' });
      expect(withPayee('Some Factor').fields).toContainEqual({ path: '/payTo/name', value: 'Some Factor' });
      const own = withPayee((invoice as { payee: unknown }).payee);
      expect([own.notes, own.fields.find(({ path }) => path === '/has')]).toEqual([[], { path: '/has', value: '' }]);
    });
  });
});

it('no path is longer than what others are told of it may have', () => {
  const order = { ...(JSON.parse(JSON_ORDER) as object), ['n'.repeat(MAX_POINTER - 1)]: 'x' };
  const { fields } = json(JSON.stringify(order));
  const longest = Math.max(...fields.map(({ path }) => path.length));
  expect([longest > MAX_POINTER, longest <= MAX_PATH]).toEqual([true, true]);
});
