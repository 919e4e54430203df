import type { Hex } from '../../kernel/hex.js';
import { Debts } from './debts.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const at = { block: 5, log: 0, tx: id, at: 1_795_000_000 };
const fields = new Map([
  ['/amount', '60.00'],
  ['/currency', 'GBP'],
]);

/** What is left of 60 after a credit note of 60, with no lender anywhere. */
async function left(parent: Hex | null, waivesDefences: boolean): Promise<string> {
  const unused = undefined as never;
  const debts = new Debts({ encumbranceHistory: () => Promise.resolve([]) } as never, unused, unused, {
    of: () => Promise.resolve(new Map()),
  } as never);
  const terms = { amount: '60.00', currency: 'GBP', waivesDefences } as never;
  const creditNotes = [{ fields, at }] as never;
  return (await debts.after({ id, orders: [], parent } as never, { terms, payments: [], creditNotes })).toFixed(2);
}

it.each([
  ['a whole, its supplier’s', null, true, '0.00'],
  ['a part of what was confirmed with the defences open', id, false, '0.00'],
  ['a part of what was confirmed with the defences waived, which another may hold (rule 3)', id, true, '60.00'],
])('a supplier’s credit note of %s leaves what it should', async (_, parent, waives, owed) => {
  expect(await left(parent, waives)).toBe(owed);
});
