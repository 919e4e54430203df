import type { Hex } from '../../kernel/hex.js';
import type { SaidPayment } from '../queries/statements.js';
import { openPayment } from './open-payment.js';
import { WithdrawPayment } from './withdraw-payment.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const root: Hex = `0x${'22'.repeat(32)}`;
const at = { block: 7, log: 0, tx: id, at: 14 };
const said = { root, at, settles: false, acknowledged: null, withdrawn: null };
const payments: SaidPayment[] = [
  { ...said, entry: 1 },
  { ...said, entry: 2, acknowledged: at },
  { ...said, entry: 3, withdrawn: at },
];

it('a claim to have paid is answered while it is open, by its number', () => {
  expect(openPayment(payments, id, 1)).toBe(payments[0]);
  for (const [n, code] of [
    [2, 'PAYMENT_NOT_CLAIMED'],
    [3, 'PAYMENT_NOT_CLAIMED'],
    [4, 'PAYMENT_UNKNOWN'],
  ] as const)
    expect(() => openPayment(payments, id, n)).toThrow(expect.objectContaining({ code }) as Error);
});

it('nothing goes to the chain for one that is not open', async () => {
  const sent: unknown[] = [];
  const desk = {
    begin: (_: Hex, act: string) => Promise.resolve({ receivable: { id }, act }),
    submit: (call: unknown) => Promise.resolve((sent.push(call), 'S')),
  };
  const withdraw = new WithdrawPayment(desk as never, { payments: () => Promise.resolve(payments) } as never);
  for (const n of [2, 3, 4]) await expect(withdraw.run(id, n)).rejects.toMatchObject({ facts: { receivable: id } });
  expect(sent).toEqual([]);
  expect(await withdraw.run(id, 1)).toEqual({ id: root, submission: 'S' });
  expect(sent).toEqual([{ act: 'withdrawPayment', object: id, fn: 'withdrawPayment', args: [id, 1] }]);
});
