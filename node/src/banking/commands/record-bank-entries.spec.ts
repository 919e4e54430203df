import type { Hex } from '../../kernel/hex.js';
import type { BankEntry } from '../domain/camt-054.js';
import { referenceOf } from '../domain/references.js';
import type { NoticedAccount } from '../queries/noticed-accounts.js';
import type { ActGate } from './entry-acts.js';
import { RecordBankEntries } from './record-bank-entries.js';

const ID = `0x${'ab'.repeat(32)}` as Hex;
const [BANK, SUPPLIER] = ['GB29NWBK60161331926819', 'DE89370400440532013000'];
const ANY_DESK = { admit: () => Promise.resolve(), keep: () => Promise.resolve() };

const debit: BankEntry = {
  account: 'FR1420041010050500013M02606',
  direction: 'DEBIT',
  amount: { amount: '96.75', currency: 'GBP' },
  endToEndId: referenceOf(ID),
  bankReference: 'D-1',
};

/** Accounts of notices that ended, and roots of claims with the debit's reference and amount that were made by hand. */
interface Earlier {
  readonly former?: string[];
  readonly said?: Hex[];
}

/** What becomes of a debit where payment goes to the `noticed` account, and what was claimed. */
async function recorded(
  entry: BankEntry,
  noticed: NoticedAccount | undefined,
  { former = [], said = [], gate = ANY_DESK }: Earlier & { readonly gate?: ActGate } = {},
) {
  const claimed: unknown[] = [];
  const recording = new RecordBankEntries(
    { attempt: (fn: () => unknown) => fn() } as never,
    {
      receivable: () => ID,
      take: () => true,
      note: () => undefined,
      untaken: (_: Hex, roots: Hex[]) => roots,
    } as never,
    { withReference: () => said.map((root) => ({ root })) } as never,
    { of: () => noticed, former: () => former } as never,
    { run: (...args: unknown[]) => (claimed.push(args), { id: ID, submission: 's' }) } as never,
    ...([{}, {}, {}, {}] as [never, never, never, never]),
  );
  const [outcome] = await recording.run([entry], gate);
  return { ...outcome!, claimed: claimed.length };
}

it('claims a debit as paid while payment goes to no lender, whatever account it names', async () => {
  for (const paidInto of [undefined, SUPPLIER])
    expect(await recorded({ ...debit, paidInto }, undefined)).toMatchObject({ outcome: 'CLAIMED', claimed: 1 });
});

it('claims it as paid to a lender only if it went to the account of the notice', async () => {
  const spaced = 'gb29 nwbk 6016 1331 9268 19';
  for (const paidInto of [BANK, spaced])
    expect(await recorded({ ...debit, paidInto }, { iban: BANK })).toMatchObject({ outcome: 'CLAIMED', claimed: 1 });
  const unclear = { outcome: 'REFUSED', code: 'BANK_ENTRY_PAYEE_UNCLEAR', claimed: 0 };
  for (const paidInto of [SUPPLIER, '', undefined])
    expect(await recorded({ ...debit, paidInto }, { iban: BANK })).toMatchObject(unclear);
  // The notice's words named no account, or several.
  for (const paidInto of [BANK, undefined]) expect(await recorded({ ...debit, paidInto }, {})).toMatchObject(unclear);
});

it('does not claim it as paid to the holder where it went to a lender whose notice has ended', async () => {
  const late = { ...debit, paidInto: 'gb29 nwbk 6016 1331 9268 19' };
  expect(await recorded(late, undefined, { former: [BANK] })).toMatchObject({
    ...{ outcome: 'REFUSED', code: 'BANK_ENTRY_PAYEE_UNCLEAR', claimed: 0 },
  });
  for (const paidInto of [SUPPLIER, undefined])
    expect(await recorded({ ...debit, paidInto }, undefined, { former: [BANK] })).toMatchObject({ claimed: 1 });
});

it('knows what its obligor has claimed by hand', async () => {
  const outcome = await recorded({ ...debit, paidInto: BANK }, undefined, { said: [ID] });
  expect(outcome).toMatchObject({ outcome: 'KNOWN', claimed: 0 });
});

it('asks nobody to approve what is refused anyway', async () => {
  const asked: unknown[] = [];
  const gate = { ...ANY_DESK, admit: (act: unknown) => Promise.resolve(void asked.push(act)) };
  await recorded({ ...debit, paidInto: SUPPLIER }, { iban: BANK }, { gate });
  expect(asked).toEqual([]);
  await recorded({ ...debit, paidInto: BANK }, { iban: BANK }, { gate });
  expect(asked).toHaveLength(1);
});
