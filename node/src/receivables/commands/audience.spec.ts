import type { Hex } from '../../kernel/hex.js';
import { Audience } from './audience.js';

const ID: Hex = `0x${'11'.repeat(32)}`;
const LENDERS_ACCOUNT: Hex = `0x${'22'.repeat(20)}`;
const [OBLIGOR, SUPPLIER, HOLDER, LENDER] = [1, 2, 3, 7];

/** To whom one member passes on what `from` said of a claim on which a lender gave notice. */
async function passedOn(self: number, from: number, parent: Hex | null, encumbered = true): Promise<number[]> {
  const sent: number[] = [];
  const parts = [
    { self: () => Promise.resolve({ id: self }) },
    { encumbranceOn: () => Promise.resolve(encumbered ? { lender: LENDERS_ACCOUNT } : undefined) },
    {
      lenderBehind: (_: Hex, account: Hex) =>
        Promise.resolve(self === OBLIGOR && account === LENDERS_ACCOUNT ? LENDER : undefined),
    },
    { of: () => Promise.resolve(HOLDER) },
    { lendersOf: () => Promise.resolve(self === HOLDER || self === SUPPLIER ? [LENDER] : []) },
    { send: ({ to }: { to: number }) => Promise.resolve(void sent.push(to)) },
  ] as never[];
  const audience = new (Audience as new (...args: never[]) => Audience)(...parts);
  const receivable = { id: ID, orders: [], obligor: OBLIGOR, supplier: SUPPLIER, parent } as never;
  await audience.passOn(receivable, from, { type: 'credit-note.document', body: {} });
  return sent;
}

it('passes on what is said of a part of a split to its holder and to the lender that gave notice, whom its supplier does not know', async () => {
  expect(await passedOn(OBLIGOR, SUPPLIER, ID)).toEqual([HOLDER, LENDER]);
  expect(await passedOn(OBLIGOR, HOLDER, ID)).toEqual([LENDER]);
  expect(await passedOn(OBLIGOR, LENDER, ID)).toEqual([HOLDER]);
  expect(await passedOn(OBLIGOR, SUPPLIER, ID, false)).toEqual([HOLDER]);
});

it('has holders pass it on to their lenders, and nobody else', async () => {
  expect(await passedOn(HOLDER, OBLIGOR, ID)).toEqual([LENDER]);
  expect(await passedOn(SUPPLIER, OBLIGOR, null)).toEqual([LENDER]);
  expect(await passedOn(OBLIGOR, SUPPLIER, null)).toEqual([]);
  expect(await passedOn(LENDER, OBLIGOR, ID)).toEqual([]);
});
