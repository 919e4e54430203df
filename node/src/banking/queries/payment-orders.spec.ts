import type { Hex } from '../../kernel/hex.js';
import { Rational } from '../../kernel/rational.js';
import { PaymentOrders } from './payment-orders.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const ROOT = `0x${'cd'.repeat(32)}` as Hex;
const [OBLIGOR, SUPPLIER, OTHER] = [1, 2, 3];
const NAMES = ['', 'core', 'supplier-1', 'supplier-2'];

/** The pain.001 of a claim that `entitled` is to be paid, and whose document says so much. */
function orderTo(entitled: number, said: Record<string, string>): Promise<string> {
  const receivable = { id: ID, obligor: OBLIGOR, supplier: SUPPLIER, commitment: ROOT };
  const orders = new PaymentOrders(
    { get: () => receivable } as never,
    { require: () => ({ currency: 'GBP', dueDate: '2027-02-10' }) } as never,
    { outstanding: () => Rational.parse('600') } as never,
    { of: () => undefined } as never,
    { entitled: () => entitled } as never,
    { of: () => new Map([[ROOT, new Map(Object.entries(said))]]) } as never,
    {
      self: () => ({ id: OBLIGOR, name: NAMES[OBLIGOR] }),
      byId: (member: number) => ({ id: member, name: NAMES[member] }),
    } as never,
    { current: () => ({ timestamp: 1_764_158_400 }) } as never,
  );
  return orders.of(ID, { debtorIban: 'DE89370400440532013000', creditorIban: 'GB29NWBK60161331926819' });
}

const creditorIn = (xml: string) => /<Cdtr>\s*<Nm>(.*)<\/Nm>/.exec(xml)?.[1];

it('names the supplier as its invoice does', async () => {
  expect(creditorIn(await orderTo(SUPPLIER, { '/payee/name': 'Halden Castings AS' }))).toBe('Halden Castings AS');
  expect(creditorIn(await orderTo(SUPPLIER, {}))).toBe('supplier-1');
});

it('names who was given a part of a split, whatever its invoice says', async () => {
  expect(creditorIn(await orderTo(OTHER, {}))).toBe('supplier-2');
  expect(creditorIn(await orderTo(OTHER, { '/payee/name': 'Halden Castings AS' }))).toBe('supplier-2');
});
