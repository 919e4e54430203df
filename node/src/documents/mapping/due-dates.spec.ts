import { Rational } from '../../kernel/rational.js';
import { importDocument } from '../import-document.js';
import type { InvoiceModel } from '../model/index.js';

const invoice = (rest: object): InvoiceModel => {
  const lines = [{ amount: '100.00' }];
  const json = { number: 'I', issueDate: '2026-01-05', currency: 'EUR', amount: '100.00', lines, ...rest };
  return importDocument(Buffer.from(JSON.stringify(json)), 'application/json', { kind: 'INVOICE' })
    .model as InvoiceModel;
};
const [JAN, FEB, MAR] = ['2026-01-31', '2026-02-28', '2026-03-31'];

describe('due dates', () => {
  it.each<[string, object, object]>([
    [
      'none',
      {},
      { dueDate: '2026-01-05', dueDateStated: false, instalments: [{ dueDate: '2026-01-05', amount: '100.00' }] },
    ],
    ['one', { dueDate: FEB }, { dueDate: FEB, dueDateStated: true, instalments: [{ dueDate: FEB, amount: '100.00' }] }],
    [
      'instalments, which are put in order',
      {
        dueDate: JAN,
        instalments: [
          { dueDate: MAR, amount: 40 },
          { dueDate: FEB, amount: '60.00' },
        ],
      },
      {
        dueDate: MAR,
        instalments: [
          { dueDate: FEB, amount: '60.00' },
          { dueDate: MAR, amount: '40.00' },
        ],
      },
    ],
    [
      'two parts of one day, which are one',
      {
        instalments: [
          { dueDate: FEB, amount: 40 },
          { dueDate: FEB, amount: 60 },
        ],
      },
      { dueDate: FEB, instalments: [{ dueDate: FEB, amount: '100.00' }] },
    ],
    [
      'percentages, of which the last takes what is left',
      {
        amount: '100.01',
        instalments: [
          { dueDate: JAN, percent: 33.3 },
          { dueDate: FEB, percent: 33.3 },
          { dueDate: MAR, percent: 33.4 },
        ],
      },
      {
        instalments: [
          { dueDate: JAN, amount: '33.30' },
          { dueDate: FEB, amount: '33.30' },
          { dueDate: MAR, amount: '33.41' },
        ],
      },
    ],
    [
      'instalments beyond the whole, which do not count',
      {
        instalments: [
          { dueDate: JAN, amount: 60 },
          { dueDate: FEB, amount: 60 },
        ],
      },
      { dueDate: FEB, instalments: [{ dueDate: FEB, amount: '100.00' }] },
    ],
    [
      'percentages beyond the whole, which do not count',
      {
        dueDate: JAN,
        instalments: [
          { dueDate: JAN, percent: 60 },
          { dueDate: FEB, percent: 60 },
        ],
      },
      { dueDate: JAN, instalments: [{ dueDate: JAN, amount: '100.00' }] },
    ],
    [
      'a negative part, which is none',
      {
        instalments: [
          { dueDate: JAN, amount: 160 },
          { dueDate: FEB, amount: -60 },
        ],
      },
      { instalments: [{ dueDate: FEB, amount: '100.00' }] },
    ],
  ])('%s', (_, given, expected) => {
    const model = invoice(given);
    expect(model).toMatchObject(expected);
    const sum = Rational.sum(model.instalments.map(({ amount }) => Rational.parse(amount)));
    expect(sum.compare(Rational.parse(model.amount))).toBe(0);
  });

  const ubl = (terms: string) =>
    importDocument(
      Buffer.from(`<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
        xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
        xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <b:ID>I</b:ID><b:IssueDate>2026-01-05</b:IssueDate><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>${terms}
        <a:LegalMonetaryTotal><b:PayableAmount currencyID="EUR">100</b:PayableAmount></a:LegalMonetaryTotal>
        <a:InvoiceLine><b:ID>1</b:ID><b:LineExtensionAmount currencyID="EUR">100</b:LineExtensionAmount></a:InvoiceLine>
      </Invoice>`),
      'application/xml',
    );

  it('of UBL come from terms, or the means that they refer to', () => {
    const mean = (id: string, day: string) =>
      `<a:PaymentMeans><b:ID>${id}</b:ID><b:PaymentMeansCode>30</b:PaymentMeansCode><b:PaymentDueDate>${day}</b:PaymentDueDate></a:PaymentMeans>`;
    const term = (id: string, part: number) =>
      `<a:PaymentTerms><b:PaymentMeansID>${id}</b:PaymentMeansID><b:Amount currencyID="EUR">${part}</b:Amount></a:PaymentTerms>`;
    const { model, fields } = ubl(mean('1', JAN!) + mean('2', FEB!) + term('1', 30) + term('2', 70));
    expect(model).toMatchObject({
      instalments: [
        { dueDate: JAN, amount: '30.00' },
        { dueDate: FEB, amount: '70.00' },
      ],
    });
    expect(fields).toContainEqual({ path: '/instalments/1/amount', value: '70.00' });
    expect(fields).toContainEqual({ path: '/source/values/PaymentTerms/0/Amount', value: '30' });
    expect(ubl(mean('1', JAN!) + mean('2', FEB!)).model).toMatchObject({
      dueDate: FEB,
      instalments: [{ amount: '100.00' }],
    });
  });

  it('of UBL terms name themselves', () => {
    const terms = [JAN, FEB].map(
      (day) =>
        `<a:PaymentTerms><b:PaymentPercent>50</b:PaymentPercent><b:InstallmentDueDate>${day}</b:InstallmentDueDate></a:PaymentTerms>`,
    );
    const { model } = ubl(terms.join(''));
    expect(model).toMatchObject({
      instalments: [
        { dueDate: JAN, amount: '50.00' },
        { dueDate: FEB, amount: '50.00' },
      ],
    });
  });
});
