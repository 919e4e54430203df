import type { Hex } from '../../kernel/hex.js';
import { EarlierPayments } from './earlier-payments.js';

const ID: Hex = `0x${'11'.repeat(32)}`;
const [SUPPLIER, HOLDER, LENDER] = [2, 3, 7];
const NAMES = new Map([
  [SUPPLIER, 'supplier-1'],
  [HOLDER, 'supplier-2'],
  [LENDER, 'bank-b'],
]);
const root = (n: number): Hex => `0x${String(n).repeat(64)}`;
const at = { block: 7 };

/** References of the payments, by whom they say was paid, that a lender is shown once its notice is acknowledged. */
async function shown(parent: Hex | null, missing?: Hex): Promise<unknown[]> {
  const said = (n: number, paidTo: string | undefined, more: object = {}) => {
    const content = { amount: '5.00', currency: 'GBP', reference: `R-${n}`, ...(paidTo && { paidTo }) };
    const fields = new Map(paidTo === undefined ? [] : [['/paidTo', paidTo]]);
    return { root: root(n), fields, content, acknowledged: null, withdrawn: null, ...more };
  };
  const payments = [
    said(1, 'supplier-1'),
    said(2, 'supplier-2'),
    said(3, 'bank-b'),
    said(4, 'bank-a'),
    said(5, undefined),
    said(6, 'supplier-1', { acknowledged: at }),
    said(7, 'supplier-2', { withdrawn: at }),
  ];
  const sent: { to: number; type: string; object: Hex; body: { content: object; seed: Hex }; after: string }[] = [];
  const parts = [
    { payments: () => Promise.resolve(payments) },
    {
      atAll: (places: { root: Hex; object: Hex }[]) => {
        const here = places.filter(({ root, object }) => object === ID && root !== missing);
        const documentOf = (of: Hex) => payments.find(({ root }) => root === of)!;
        return Promise.resolve(
          new Map(
            here.map(({ root }) => {
              const model = { kind: 'PAYMENT', content: documentOf(root).content };
              return [root, { document: { model }, seed: root }];
            }),
          ),
        );
      },
    },
    { byId: (member: number) => Promise.resolve({ name: NAMES.get(member) }) },
    { of: () => Promise.resolve(HOLDER) },
    { send: (letter: (typeof sent)[number]) => Promise.resolve(void sent.push(letter)) },
  ] as never[];
  const earlier = new (EarlierPayments as new (...args: never[]) => EarlierPayments)(...parts);
  await earlier.show({ id: ID, supplier: SUPPLIER, parent } as never, LENDER, 'S');
  for (const letter of sent)
    expect(letter).toMatchObject({ to: LENDER, type: 'payment.document', object: ID, after: 'S' });
  return sent.map(({ body }) => body);
}

const letter = (n: number, paidTo: string) => ({
  content: { amount: '5.00', currency: 'GBP', reference: `R-${n}`, paidTo },
  seed: root(n),
});

it('are shown whole to the lender that is to answer them: those to itself or to the holder', async () => {
  expect(await shown(null)).toEqual([letter(1, 'supplier-1'), letter(3, 'bank-b')]);
  expect(await shown(root(9))).toEqual([letter(2, 'supplier-2'), letter(3, 'bank-b')]);
});

it('are not shown once they are erased', async () => {
  expect(await shown(null, root(1))).toEqual([letter(3, 'bank-b')]);
});
