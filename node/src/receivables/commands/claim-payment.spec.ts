import type { Hex } from '../../kernel/hex.js';
import { ClaimPayment } from './claim-payment.js';

const ID: Hex = `0x${'ab'.repeat(32)}`;
const answering = (value: unknown) => () => Promise.resolve(value);

/** Whom the obligor's claim says was paid while these acts of its are on their way. */
async function paidTo(underWay: readonly string[], named?: string): Promise<unknown> {
  const told: { body: { content: { paidTo: string } } }[] = [];
  const parts = [
    { begin: answering({ receivable: { id: ID, orders: [] } }), submit: answering('S') },
    { byName: answering({ id: 7 }), byId: (id: number) => Promise.resolve({ name: `member-${id}` }) },
    { require: answering({ currency: 'GBP' }) },
    { entitled: answering(2) },
    { open: answering(undefined) },
    { lockReceivable: answering(undefined) },
    { write: answering({ root: ID, seed: ID }) },
    { tell: (_: unknown, saying: (typeof told)[number]) => Promise.resolve(void told.push(saying)) },
    { underWay: (act: string) => Promise.resolve(underWay.includes(act) ? [ID] : []) },
  ] as never[];
  const claiming = new (ClaimPayment as new (...args: never[]) => ClaimPayment)(...parts);
  await claiming.run(ID, { amount: '40.00', reference: 'R-1', paidTo: named });
  return told[0]?.body.content.paidTo;
}

it('goes to the payee of now, whom nobody can tell while the acknowledgement of a notice is on its way', async () => {
  expect(await paidTo([])).toBe('member-2');
  await expect(paidTo(['acknowledgeNotice'])).rejects.toMatchObject({ code: 'TRY_AGAIN' });
});

it('goes to whom the obligor names at any time', async () => {
  expect(await paidTo(['acknowledgeNotice'], 'bank-a')).toBe('member-7');
});
