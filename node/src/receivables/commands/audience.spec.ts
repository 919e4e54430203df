import type { Hex } from '../../kernel/hex.js';
import { Audience, type Saying } from './audience.js';

const ID: Hex = `0x${'11'.repeat(32)}`;
const LENDERS_ACCOUNT: Hex = `0x${'22'.repeat(20)}`;
const [OBLIGOR, SUPPLIER, HOLDER, LENDER] = [1, 2, 3, 7];

const SAYING: Saying = { type: 'payment.document', body: {} };
const NOTE: Saying = {
  ...{ type: 'credit-note.document', body: {}, betweenParties: true },
  toPartHolder: { type: 'credit-note.excerpt', body: {} },
};

interface Told {
  readonly to: number;
  readonly type: string;
}

/** What one member sends of a claim on which a lender gave notice. */
async function sentBy(
  self: number,
  parent: Hex | null,
  say: (audience: Audience, of: never) => Promise<void>,
  encumbered = true,
) {
  const sent: Told[] = [];
  const parts = [
    { self: () => Promise.resolve({ id: self }) },
    { encumbranceOn: () => Promise.resolve(encumbered ? { lender: LENDERS_ACCOUNT } : undefined) },
    {
      lenderBehind: (_: Hex, account: Hex) =>
        Promise.resolve(self === OBLIGOR && account === LENDERS_ACCOUNT ? LENDER : undefined),
    },
    { of: () => Promise.resolve(HOLDER) },
    { lendersOf: () => Promise.resolve(self === HOLDER || self === SUPPLIER ? [LENDER] : []) },
    { send: ({ to, type }: Told) => Promise.resolve(void sent.push({ to, type })) },
  ] as never[];
  const audience = new (Audience as new (...args: never[]) => Audience)(...parts);
  const receivable = { id: ID, orders: [], obligor: OBLIGOR, supplier: SUPPLIER, parent } as never;
  await say(audience, receivable);
  return sent;
}

/** To whom it passes on what `from` said. */
async function passedOn(self: number, from: number, parent: Hex | null, encumbered = true): Promise<number[]> {
  const sent = await sentBy(self, parent, (audience, of) => audience.passOn(of, from, SAYING), encumbered);
  return sent.map(({ to }) => to);
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

it('keeps from lenders what is between the parties, whoever tells it, and from the holder of a part what others were sold', async () => {
  const told = (self: number, parent: Hex | null) => sentBy(self, parent, (audience, of) => audience.tell(of, NOTE));
  const passed = (self: number, from: number, parent: Hex | null) =>
    sentBy(self, parent, (audience, of) => audience.passOn(of, from, NOTE));
  expect(await told(SUPPLIER, null)).toEqual([{ to: OBLIGOR, type: 'credit-note.document' }]);
  expect(await told(SUPPLIER, ID)).toEqual([
    { to: OBLIGOR, type: 'credit-note.document' },
    { to: HOLDER, type: 'credit-note.excerpt' },
  ]);
  expect(await passed(OBLIGOR, SUPPLIER, ID)).toEqual([{ to: HOLDER, type: 'credit-note.excerpt' }]);
  expect(await passed(HOLDER, OBLIGOR, ID)).toEqual([]);
  expect(await passed(SUPPLIER, OBLIGOR, null)).toEqual([]);
});
