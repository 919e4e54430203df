import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Problem } from '../kernel/problem.js';
import { ibanIn, requireIban } from './domain/accounts.js';
import { readCamt054 } from './domain/camt-054.js';
import { pain001, type PaymentInitiation } from './domain/pain-001.js';
import { idPrefix, messageReference, referenceOf } from './domain/references.js';
import { type InvoiceFinancingRequest, tsin001 } from './domain/tsin-001.js';

const golden = (name: string) => readFileSync(fileURLToPath(new URL(`./golden/${name}`, import.meta.url)), 'utf8');
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return 'nothing refused';
  } catch (error) {
    return (error as Problem).code;
  }
};

const ID = `0x${'ab'.repeat(32)}` as const;
const GBP = (amount: string) => ({ amount, currency: 'GBP' });

const payment: PaymentInitiation = {
  receivable: ID,
  amount: GBP('96.75'),
  invoiceNumber: 'INV-7',
  debtor: { name: 'Kestrel & <Turbines> SE', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  creditor: { name: 'bank-a', iban: 'GB29NWBK60161331926819' },
  executionDate: '2027-02-10',
  createdAt: '2026-11-25T12:00:00Z',
};

const request: InvoiceFinancingRequest = {
  financing: ID,
  createdAt: '2026-11-25T12:00:00Z',
  requester: 'Halden Castings AS',
  lender: 'bank-a',
  invoice: {
    ...{ number: 'INV-7', issueDate: '2026-11-12', dueDate: '2027-02-10' },
    ...{ amount: GBP('107.50'), taxable: GBP('100.00'), tax: GBP('7.50') },
  },
  requested: GBP('80.00'),
  supplier: { name: 'Halden Castings AS', gln: '9521000000025' },
  buyer: { name: 'Kestrel Turbines SE' },
};

describe('messages for banks', () => {
  it('are what the golden files say', () => {
    expect(pain001(payment)).toBe(golden('pain.001.xml'));
    expect(tsin001(request)).toBe(golden('tsin.001.xml'));
  });

  it('cut no identifier, and names only', () => {
    expect(codeOf(() => pain001({ ...payment, invoiceNumber: 'x'.repeat(36) }))).toBe('MESSAGE_UNWRITABLE');
    const long = pain001({ ...payment, debtor: { ...payment.debtor, name: 'n'.repeat(200) } });
    expect(long).toContain(`<Nm>${'n'.repeat(140)}</Nm>`);
  });

  it('say of an invoice no total that is taxed below nothing', () => {
    const invoice = { ...request.invoice, amount: GBP('5.00'), taxable: GBP('-2.50') };
    expect(codeOf(() => tsin001({ ...request, invoice }))).toBe('MESSAGE_UNWRITABLE');
  });

  it('have the same id for the same content, and another for any other', () => {
    const idIn = (xml: string) => /<MsgId>(.*)<\/MsgId>/.exec(xml)![1];
    expect(idIn(pain001({ ...payment, createdAt: '2026-11-26T12:00:00Z' }))).toBe(idIn(pain001(payment)));
    expect(idIn(pain001({ ...payment, amount: GBP('96.74') }))).not.toBe(idIn(pain001(payment)));
    expect(messageReference('a', 'b')).not.toBe(messageReference('a\nb', ''));
    expect(idPrefix(` ${referenceOf(ID).toUpperCase()} `)).toBe(`0x${'ab'.repeat(16)}`);
    for (const foreign of ['NOTPROVIDED', 'TP12', undefined]) expect(idPrefix(foreign)).toBeUndefined();
  });
});

describe('accounts', () => {
  it('are IBANs whose check digits hold', () => {
    expect(requireIban('gb29 nwbk 6016 1331 9268 19', 'x')).toBe('GB29NWBK60161331926819');
    for (const wrong of ['GB28NWBK60161331926819', 'GB29', '', 'DE8937040044053201300A'])
      expect(codeOf(() => requireIban(wrong, 'x'))).toBe('ACCOUNT_INVALID');
  });

  it.each([
    'CH9300762011623852957F',
    'NL91ABNA041716430000AC',
    'GB29NWBK60161331926819ATO',
    'MA64011519000001205000534921',
  ])('are as long as a country’s that has them: %s, whose check digits hold, is none', (wrong) =>
    expect(codeOf(() => requireIban(wrong, 'x'))).toBe('ACCOUNT_INVALID'),
  );

  it('are found in words, if just one is there', () => {
    expect(ibanIn('Pay to IBAN GB29 NWBK 6016 1331 9268 19 by wire')).toBe('GB29NWBK60161331926819');
    expect(ibanIn('DE89370400440532013000, not GB29NWBK60161331926819')).toBeUndefined();
    expect(ibanIn('IBAN ...')).toBeUndefined();
  });

  it.each([
    ['Pay to CH9300762011623852957 for invoice', 'CH9300762011623852957'],
    ['NL91ABNA0417164300 account holder', 'NL91ABNA0417164300'],
    ['GB29NWBK60161331926819 at once', 'GB29NWBK60161331926819'],
    ['pay gb29 nwbk 6016 1331 9268 19 at once', 'GB29NWBK60161331926819'],
    ['for order NO42 to DE89370400440532013000.', 'DE89370400440532013000'],
    ['GB29NWBK60161331926819ATO', undefined],
  ])('are read without the words that follow or go before: %s', (words, iban) => expect(ibanIn(words)).toBe(iban));
});

describe('notifications of banks', () => {
  it('of version 08 are read with each of their movements, booked ones only', () => {
    expect(readCamt054(Buffer.from(golden('camt.054.001.08.xml')))).toEqual([
      {
        account: 'GB29NWBK60161331926819',
        direction: 'CREDIT',
        amount: GBP('96.75'),
        endToEndId: referenceOf(ID),
        bankReference: 'BANK-1',
      },
      {
        account: 'GB29NWBK60161331926819',
        direction: 'CREDIT',
        amount: GBP('3.25'),
        endToEndId: 'NOTPROVIDED',
        bankReference: 'ENTRY-1/1',
      },
    ]);
  });

  it('tell the movements of an entry apart that repeats one reference', () => {
    const details = (reference: string) => `<Refs><AcctSvcrRef>${reference}</AcctSvcrRef>`;
    const xml = golden('camt.054.001.08.xml').replace('<Refs><EndToEndId>NOT', `${details('BANK-1')}<EndToEndId>NOT`);
    const [first, second] = readCamt054(Buffer.from(xml));
    expect([first?.bankReference, second?.bankReference]).toEqual(['BANK-1', 'BANK-1/1']);
  });

  it('have a booking date where the bank counts entries alone', () => {
    const on = (date: string, reference: string) => {
      const xml = golden('camt.054.001.02.xml').replace('<Sts>BOOK</Sts>', `<Sts>BOOK</Sts>${date}${reference}`);
      return readCamt054(Buffer.from(xml))[0];
    };
    expect(on('<BookgDt><Dt>2027-02-10</Dt></BookgDt>', '')?.bookedOn).toBe('2027-02-10');
    expect(on('<BookgDt><DtTm>2027-02-10T09:30:00</DtTm></BookgDt>', '')?.bookedOn).toBe('2027-02-10');
    expect(on('<ValDt><Dt>2027-02-11</Dt></ValDt>', '')?.bookedOn).toBe('2027-02-11');
    const own = on('<BookgDt><Dt>2027-02-10</Dt></BookgDt>', '<AcctSvcrRef>BANK-9</AcctSvcrRef>');
    expect(own).toMatchObject({ bankReference: 'BANK-9/0' });
    expect(own?.bookedOn).toBeUndefined();
  });

  it('say whose account a debit went to, of debits alone', () => {
    const paid = (into: string, direction: string) => {
      const parties = `<RltdPties><CdtrAcct><Id>${into}</Id></CdtrAcct></RltdPties>`;
      const movement = `96.75</Amt><CdtDbtInd>${direction}</CdtDbtInd>${parties}`;
      const xml = golden('camt.054.001.08.xml').replace(/96\.75<\/Amt>\s*<CdtDbtInd>CRDT<\/CdtDbtInd>/, movement);
      return readCamt054(Buffer.from(xml)).map(({ paidInto }) => paidInto);
    };
    expect(paid('<IBAN>DE89370400440532013000</IBAN>', 'DBIT')[0]).toBe('DE89370400440532013000');
    expect(paid('<Othr><Id>ACC-9</Id></Othr>', 'DBIT')[0]).toBe('ACC-9');
    expect(paid('<IBAN>DE89370400440532013000</IBAN>', 'CRDT')[0]).toBeUndefined();
  });

  it.each(['0096.75', '+96.75', '96.750'])('with %s are read as what is computed with', (amount) => {
    const [entry] = readCamt054(Buffer.from(golden('camt.054.001.08.xml').replace('>96.75<', `>${amount}<`)));
    expect(entry?.amount).toEqual(GBP('96.75'));
  });

  it.each([
    ['true', 0],
    ['1', 0],
    ['false', 1],
    ['0', 1],
  ])('leave out reversals: RvslInd %s', (indicator, read) => {
    const xml = golden('camt.054.001.02.xml').replace('<Sts>', `<RvslInd>${indicator}</RvslInd><Sts>`);
    expect(readCamt054(Buffer.from(xml))).toHaveLength(read);
  });

  it('of version 02 are read too', () => {
    expect(readCamt054(Buffer.from(golden('camt.054.001.02.xml')))).toEqual([
      { account: 'ACC-1', direction: 'DEBIT', amount: { amount: '1000', currency: 'JPY' }, bankReference: 'N-1/0' },
    ]);
  });

  it.each([
    ['another message', (xml: string) => xml.replaceAll('camt.054', 'camt.053'), 'BANK_NOTIFICATION_INVALID'],
    ['no reference', (xml: string) => xml.replace(/<AcctSvcrRef>.*<\/AcctSvcrRef>/g, ''), 'BANK_NOTIFICATION_INVALID'],
    ['no direction', (xml: string) => xml.replace(/<CdtDbtInd>.*<\/CdtDbtInd>/g, ''), 'BANK_NOTIFICATION_INVALID'],
    ['nothing moved', (xml: string) => xml.replace('>96.75<', '>0.00<'), 'BANK_NOTIFICATION_INVALID'],
    ['less than a penny', (xml: string) => xml.replace('>96.75<', '>96.755<'), 'AMOUNT_INVALID'],
    ['no currency', (xml: string) => xml.replace('Ccy="GBP">96.75', 'Ccy="XXQ">96.75'), 'CURRENCY_UNKNOWN'],
    ['a document type', (xml: string) => xml.replace('<Document', '<!DOCTYPE x><Document'), 'DOCUMENT_DOCTYPE_REFUSED'],
    ['no end', (xml: string) => xml.slice(0, -20), 'DOCUMENT_MALFORMED'],
  ])('with %s are refused', (_, change, code) => {
    expect(codeOf(() => readCamt054(Buffer.from(change(golden('camt.054.001.08.xml')))))).toBe(code);
  });
});
