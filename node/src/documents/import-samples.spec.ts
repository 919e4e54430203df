import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument } from 'libxml2-wasm';
import { importDocument } from './import-document.js';
import type { DocumentKind } from './model/index.js';
import { MAX_POINTER } from './source/limits.js';
import { readJson } from './source/read-json.js';
import { canonicalText } from './source/text.js';

const SHARED = fileURLToPath(new URL('../../../../shared/samples/', import.meta.url));
const OWN = fileURLToPath(new URL('../../../samples/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  json: 'application/json',
  jsonld: 'application/ld+json',
};

function samples(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.includes('.') && file.split('.').at(-1)! in TYPES).map((file) => folder + file);
}

const mediaType = (file: string) => TYPES[file.split('.').at(-1)!]!;

/** Every value of the source, by another way than the import reads it. */
function valuesOf(file: string, bytes: Uint8Array): string[] {
  if (file.endsWith('.xml')) return valuesOfXml(bytes);
  return readJson(bytes)
    .root.rest('')
    .flatMap(({ path, value }) => (path.endsWith('/-') ? [] : [value]));
}

function valuesOfXml(bytes: Uint8Array): string[] {
  const document = XmlDocument.fromBuffer(bytes);
  try {
    return document.find('//*[not(*)] | //@*').map((each) => canonicalText(each.content).trim());
  } finally {
    document.dispose();
  }
}

const normal = (value: string) =>
  /^-?\d+(\.\d+)?$/.test(value)
    ? value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    : value.replace(/^urn:epcglobal:cbv:[a-z]+:/, '');

const shared = samples(SHARED);
if (shared.length === 0) console.warn(`skipped: no samples in ${SHARED}`);

describe.each([
  ["the project's own samples", samples(OWN)],
  ['real documents', shared],
])('%s', (_, files) => {
  (files.length > 0 ? it.each(files) : it.skip.each(['none']))('%s loses no value', (file) => {
    const bytes = readFileSync(file);
    const { kind, fields, source } = importDocument(bytes, mediaType(file));
    const kept = new Set([kind, ...fields.map(({ value }) => normal(value))]);
    const lost = valuesOf(file, bytes).filter((value) => !kept.has(normal(value)));
    expect(lost).toEqual([]);
    expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
    expect(source.sha256).toMatch(/^0x[0-9a-f]{64}$/);
    // Real ones are far from what is refused.
    expect(Math.max(...fields.map(({ path }) => path.length))).toBeLessThan(MAX_POINTER / 8);
  });
});

const real = (name: string) => {
  const file = `${SHARED}${name}`;
  return importDocument(readFileSync(file), mediaType(file));
};
const valueAt = (name: string, path: string) => real(name).fields.find((field) => field.path === path)?.value;

(shared.length > 0 ? describe : describe.skip)('what real documents say', () => {
  it.each<[string, DocumentKind, string]>([
    ['ubl/UBL-Order-2.1-Example.xml', 'ORDER', 'UBL Order'],
    ['ubl/UBL-OrderChange-2.1-Example.xml', 'ORDER_CHANGE', 'UBL OrderChange'],
    ['ubl/UBL-OrderResponseSimple-2.1-Example.xml', 'ORDER_RESPONSE', 'UBL OrderResponseSimple'],
    ['peppol/despatch-advice-uc2.xml', 'DESPATCH', 'UBL DespatchAdvice'],
    ['peppol/credit-note-correction.xml', 'CREDIT_NOTE', 'UBL CreditNote'],
    ['peppol/invoice-response.xml', 'APPLICATION_RESPONSE', 'UBL ApplicationResponse'],
    ['epcis/EPCISQueryDocument.jsonld', 'EVENT', 'EPCIS'],
  ])('%s is %s', (name, kind, format) => expect(real(name)).toMatchObject({ kind, source: { format } }));

  it.each([
    ['/number', '34'],
    ['/issueDate', '2010-01-20'],
    ['/currency', 'SEK'],
    ['/amount', '6225.00'],
    ['/taxAmount', '100.00'],
    ['/buyer/id', '5532331183'],
    ['/buyer/scheme', 'SE:ORGNR'],
    ['/buyer/name', 'Johnssons Byggvaror AB'],
    ['/seller/id', '5532332283'],
    ['/lines/-', '2'],
    ['/lines/0/id', '1'],
    ['/lines/0/item', 'SItemNo001'],
    ['/lines/0/standardItem', '1234567890123'],
    ['/lines/0/name', 'Falu Rödfärg'],
    ['/lines/0/quantity', '120'],
    ['/lines/0/unit', 'LTR'],
    ['/lines/0/amount', '6000.00'],
    ['/lines/1/price', '15.00'],
    ['/source/values/OrderLine/0/Note', 'Freetext note on line 1'],
    ['/source/values/OrderLine/-', '2'],
    ['/source/values/BuyerCustomerParty/Party/EndpointID/@schemeID', 'GLN'],
  ])('the UBL order has %s %s', (path, value) => expect(valueAt('ubl/UBL-Order-2.1-Example.xml', path)).toBe(value));

  it('a party has all its identifiers, the legal one first', () => {
    const { model } = real('peppol/invoice-base.xml');
    expect(model).toMatchObject({
      payer: { entity: { scheme: '0183', id: '39937423947' }, name: 'Buyer Official Name' },
      payee: {
        entities: [
          { scheme: '', id: 'GB983294' },
          { scheme: 'VAT', id: 'GB1232434' },
          { scheme: '0088', id: '9482348239847239874' },
          { scheme: '', id: '99887766' },
        ],
      },
    });
  });

  it('an invoice is due on its own date, on that of its payment means, or on the day of issue', () => {
    expect(real('peppol/invoice-base.xml').model).toMatchObject({ dueDate: '2017-12-01', dueDateStated: true });
    expect(real('ubl/UBL-Invoice-2.1-Example.xml').model).toMatchObject({ dueDate: '2009-12-31', amount: '729.00' });
    expect(real('ubl/UBL-Invoice-2.1-Example-Trivial.xml').model).toMatchObject({
      dueDate: '2011-09-22',
      dueDateStated: false,
      currency: 'CAD',
      instalments: [{ dueDate: '2011-09-22', amount: '100.00' }],
    });
  });

  it('negative lines of an invoice stay, with their order lines', () => {
    expect(real('peppol/invoice-base.xml').model).toMatchObject({
      lines: [
        { quantity: '7', amount: '2800.00', orderLine: '123' },
        { quantity: '-3', amount: '-1500.00', orderLine: '123' },
      ],
    });
  });

  it('sums that do not add up are noted, those that do are not', () => {
    expect(real('peppol/invoice-base.xml').notes).toEqual([]);
    expect(real('peppol/credit-note-correction.xml').notes).toEqual([]);
    expect(real('ubl/UBL-Order-2.1-Example.xml').notes).toEqual([
      'PAYABLE_SUM /amount: its parts make 6325, the document says 6225.00',
    ]);
    expect(real('peppol/order-uc3.xml').notes).toEqual([]);
  });

  it('answers are read as what they decide', () => {
    expect(real('peppol/order-response-uc1.xml').model).toMatchObject({ decision: 'AMENDED', orderNumbers: ['1'] });
    expect(real('ubl/UBL-OrderResponseSimple-2.1-Example.xml').model).toMatchObject({ decision: 'ACCEPTED' });
    const undecided = real('ubl/UBL-OrderResponse-2.1-Example.xml').model;
    expect(undecided).toMatchObject({ decision: undefined, lines: [{ status: 'NoStatus' }, { status: 'Disputed' }] });
  });

  it('an answer says what is delivered in the place of what was ordered, and when', () => {
    const name = 'peppol/order-response-uc1.xml';
    expect(real(name).model).toMatchObject({ deliverFrom: '2013-07-15', deliverUntil: '2013-07-16' });
    expect(valueAt(name, '/lines/2/item')).toBe('SN-35');
    expect(valueAt(name, '/lines/2/substitute/item')).toBe('SN-36');
    expect(valueAt(name, '/lines/2/substitute/standardItem')).toBe('8722700577588');
    expect(valueAt(name, '/lines/2/has')).toBe('item orderLine');
  });

  it('events are read as they are written', () => {
    expect(real('epcis/Example_9.6.1-ObjectEvent.jsonld').model).toMatchObject({
      orderNumbers: ['12345678'],
      events: [
        { type: 'ObjectEvent', step: 'shipping', time: '2005-04-03T20:33:31.116000-06:00' },
        { step: 'receiving', despatchNumbers: ['1152'] },
      ],
    });
    expect(
      valueAt(
        'epcis/Example_9.6.3-AggregationEvent.jsonld',
        '/source/values/epcisBody/eventList/0/childQuantityList/1/quantity',
      ),
    ).toBe('200.5');
  });
});
