import type { Hex } from '../../kernel/hex.js';
import { entryKindOf } from '../domain/receivable-log.js';
import { ReceivableEntries } from './receivable-entries.js';

const id: Hex = `0x${'11'.repeat(32)}`;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;
const at = (block: number) => ({ block, log: 0, tx: root(block), at: block * 2 });
const NONE = () => Promise.resolve([]);

const payment = { receivable: id, settles: false };
/** What the chain said of it up to now: confirmed, claimed to be paid, disputed, the payment acknowledged, another withdrawn. */
const store = {
  ...{ creditNotes: NONE, statements: NONE, parts: NONE },
  payments: () =>
    Promise.resolve([
      { ...payment, entry: 1, commitment: root(2), claimed: at(2), acknowledged: at(4), withdrawn: null },
      { ...payment, entry: 4, commitment: root(4), claimed: at(5), acknowledged: null, withdrawn: at(6) },
    ]),
  disputes: () =>
    Promise.resolve([
      { receivable: id, entry: 2, commitment: root(3), opened: at(3), resolution: null, resolved: null },
    ]),
};
const readWhenIt = (entries: number) => ({
  ...{ id, entries, status: 'CONFIRMED', ended: null },
  confirmation: root(1),
  confirmed: { ...at(1), logIndex: 0 },
});

it('puts a log together as it was when its receivable was read, whatever was said since', async () => {
  const kindsOf = async (entries: number) => {
    const logs = await new ReceivableEntries(store as never).of([readWhenIt(entries) as never]);
    return logs.get(id)!.map(({ kind }) => entryKindOf(kind));
  };
  const all = ['CONFIRMATION', 'PAYMENT_CLAIM', 'DISPUTE', 'PAYMENT_ACKNOWLEDGEMENT'];
  expect(await kindsOf(6)).toEqual([...all, 'PAYMENT_CLAIM', 'PAYMENT_WITHDRAWAL']);
  expect(await kindsOf(4)).toEqual(all);
  expect(await kindsOf(3)).toEqual(all.slice(0, 3));
  expect(await kindsOf(1)).toEqual(all.slice(0, 1));
});

it('has a withdrawal answer its claim', async () => {
  const logs = await new ReceivableEntries(store as never).of([readWhenIt(6) as never]);
  expect(logs.get(id)!.at(-1)).toEqual({ kind: 14, commitment: root(0), about: 4, recordedAt: 12 });
});
