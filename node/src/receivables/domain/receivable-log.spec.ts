import type { Hex } from '../../kernel/hex.js';
import { entryKindNumber, loweringEntries, type ReceivableEntryKind } from './receivable-log.js';

const said = (kind: ReceivableEntryKind, about = 0) => ({
  ...{ kind: entryKindNumber(kind), about, recordedAt: 1 },
  commitment: `0x${entryKindNumber(kind).toString(16).padStart(64, '0')}` as Hex,
});

it('a claim to have paid lowers what is owed once it is acknowledged, and not when it waits or was withdrawn', () => {
  const log = [
    said('CONFIRMATION'),
    ...[said('PAYMENT_CLAIM'), said('PAYMENT_CLAIM'), said('PAYMENT_CLAIM'), said('PAYMENT_CLAIM')],
    ...[said('PAYMENT_WITHDRAWAL', 1), said('PAYMENT_ACKNOWLEDGEMENT', 2), said('SETTLEMENT', 3)],
  ];
  expect(loweringEntries(log).map(({ kind, index }) => [kind, index])).toEqual([
    ['PAYMENT', 2],
    ['PAYMENT', 3],
  ]);
});

it('kinds have the contract’s numbers', () => {
  expect([entryKindNumber('CONFIRMATION'), entryKindNumber('PAYMENT_WITHDRAWAL')]).toEqual([1, 14]);
});
