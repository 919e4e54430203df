import type { Hex } from '../../kernel/hex.js';
import { FinancingRequests } from './financing-requests.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const ROOT = `0x${'cd'.repeat(32)}` as Hex;
const NAMES = ['', 'core', 'supplier-1', 'bank-a'];

/** The tsin.001 of a request on a receivable whose document says so much. */
function requestOn(said: Record<string, string>): Promise<string> {
  const financing = {
    ...{ object: ID, onOrder: false, holder: 2, lender: 3, requestedAt: 1_764_158_400 },
    requested: { amount: '12.00', currency: 'GBP' },
  };
  const requests = new FinancingRequests(
    { get: () => ({ financing }) } as never,
    { get: () => ({ obligor: 1, supplier: 2, commitment: ROOT }) } as never,
    { of: () => ({ dueDate: '2027-03-10' }) } as never,
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
