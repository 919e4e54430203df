import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import type { EncumbranceState } from '../domain/states.js';
import { Payees } from './payees.js';

const ID: Hex = `0x${'ab'.repeat(32)}`;
const [HOLDER, LENDER]: Hex[] = [`0x${'01'.repeat(20)}`, `0x${'02'.repeat(20)}`];
const [SUPPLIER, PART_HOLDER, BANK] = [2, 3, 7];

/** What an obligor knows of who is behind which account. */
interface Known {
  readonly lender?: number;
  readonly partHolder?: number;
}

/** Whom the obligor has to pay while a lender's claim stands so. */
function entitled(state: EncumbranceState | undefined, { lender, partHolder }: Known): Promise<number> {
  const parts = [
    { encumbranceOn: () => Promise.resolve(state && { state, lender: LENDER }) },
    { lenderBehind: (_: Hex, account: Hex) => Promise.resolve(account === LENDER ? lender : undefined) },
    { of: ({ holder }: { holder: Hex }) => Promise.resolve(holder === HOLDER ? partHolder : undefined) },
    {},
  ] as never[];
  const payees = new (Payees as new (...args: never[]) => Payees)(...parts);
  return payees.entitled({ id: ID, holder: HOLDER, supplier: SUPPLIER } as Receivable);
}

it.each([undefined, 'RESERVED', 'PLEDGED', 'ASSIGNED'] as const)(
  'payment goes to the supplier, or to who was given a part, while no notice was acknowledged: %s',
  async (state) => {
    expect(await entitled(state, { lender: BANK })).toBe(SUPPLIER);
    expect(await entitled(state, { lender: BANK, partHolder: PART_HOLDER })).toBe(PART_HOLDER);
  },
);

it('payment goes to the lender of an acknowledged notice, and to nobody where that is not known here', async () => {
  expect(await entitled('NOTIFIED', { lender: BANK, partHolder: PART_HOLDER })).toBe(BANK);
  for (const partHolder of [undefined, PART_HOLDER])
    await expect(entitled('NOTIFIED', { partHolder })).rejects.toMatchObject({ code: 'NOTICE_NOT_RECEIVED' });
});
