import type { Hex } from '../../kernel/hex.js';
import { FinancingRequests } from './financing-requests.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const ROOT = `0x${'cd'.repeat(32)}` as Hex;
const NAMES = ['', 'core', 'supplier-1', 'bank-a'];

/** The tsin.001 of a request on a receivable whose document says so much. */
function requestOn(said: Record<string, string>, confirmed = true): Promise<string> {
  const financing = {
    ...{ object: ID, onOrder: false, holder: 2, lender: 3, requestedAt: 1_764_158_400 },
    requested: { amount: '12.00', currency: 'GBP' },
  };
  const requests = new FinancingRequests(
    { get: () => ({ financing }) } as never,
    { get: () => ({ obligor: 1, supplier: 2, commitment: ROOT }) } as never,
    { of: () => (confirmed ? { dueDate: '2027-03-10' } : undefined) } as never,
    { of: () => new Map([[ROOT, new Map(Object.entries(said))]]) } as never,
    { byId: (member: number) => ({ name: NAMES[member] }) } as never,
  );
  return requests.of(ID);
}

const totalsIn = (xml: string) =>
  ['TtlTaxblAmt', 'TtlTaxAmt', 'TtlInvcAmt', 'TtlBlkInvcAmt', 'PmtDueDt'].map(
    (name) => new RegExp(`<${name}[^>]*>(.*)</${name}>`).exec(xml)?.[1],
  );

const invoice = { '/number': 'INV-7', '/issueDate': '2026-11-12', '/currency': 'GBP', '/taxAmount': '20.00' };

it('has the totals of the invoice', async () => {
  const xml = await requestOn({ ...invoice, '/amount': '120.00' });
  expect(totalsIn(xml)).toEqual(['100.00', '20.00', '120.00', '120.00', '2027-03-10']);
});

it('has them too where a receivable is one instalment, due on its own day', async () => {
  const xml = await requestOn({ ...invoice, '/amount': '12.00', '/invoiceAmount': '120.00' });
  expect(totalsIn(xml)).toEqual(['100.00', '20.00', '120.00', '120.00', '2027-03-10']);
});

const whole = { ...invoice, '/amount': '120.00' };

it('is due when the invoice is, while what was confirmed is not shown', async () => {
  expect(totalsIn(await requestOn({ ...whole, '/dueDate': '2027-01-11' }, false)).at(-1)).toBe('2027-01-11');
  expect(totalsIn(await requestOn(whole, false)).at(-1)).toBe('2026-11-12');
});

it.each([
  ['due date', { '/dueDate': '2027-02-30' }, 'PmtDueDt'],
  ['issue date', { '/issueDate': '12/11/2026' }, 'IsseDt'],
  ['amount', { '/amount': '1e2' }, 'TtlInvcAmt'],
  ['amount of its currency', { '/amount': '120.005' }, 'TtlInvcAmt'],
  ['currency', { '/currency': 'XXQ' }, 'TtlInvcAmt'],
  ['tax', { '/taxAmount': 'none' }, 'TtlTaxAmt'],
  ['tax of its currency', { '/taxAmount': '20.005' }, 'TtlTaxAmt'],
])('is not written of a document that has no %s that can be read', async (_, said, element) => {
  await expect(requestOn({ ...whole, ...said }, false)).rejects.toMatchObject({
    code: 'MESSAGE_UNWRITABLE',
    facts: { element },
  });
});

it('adds up where part was paid before: what is taxed is what was invoiced, the total what is still payable', async () => {
  const said = {
    ...{ '/number': '1', '/issueDate': '2026-11-12', '/currency': 'EUR', '/has': 'prepaid rounding' },
    ...{ '/amount': '729.00', '/taxAmount': '292.20', '/prepaid': '1000.00', '/rounding': '0.30' },
  };
  const xml = await requestOn(said);
  expect(totalsIn(xml)).toEqual(['1436.50', '292.20', '729.00', '729.00', '2027-03-10']);
  const adjusted = /<Adjstmnt>\s*<Drctn>SUBS<\/Drctn>\s*<Amt Ccy="EUR">999.70<\/Amt>\s*<\/Adjstmnt>\s*<TtlInvcAmt/;
  expect(xml).toMatch(adjusted);
  const { '/prepaid': _, ...hidden } = said;
  await expect(requestOn(hidden)).rejects.toMatchObject({ code: 'COVER_NOT_SHOWN' });
});
