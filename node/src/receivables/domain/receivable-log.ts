import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';

/** Kinds of entries in a receivable's log; the place in the list plus 1 is the contract's number. */
export const RECEIVABLE_ENTRY_KINDS = [
  'CONFIRMATION',
  'PAYMENT_CLAIM',
  'PAYMENT_ACKNOWLEDGEMENT',
  'SETTLEMENT',
  'CREDIT_NOTE',
  'DISPUTE',
  'DISPUTE_RESOLUTION',
  'SETTLEMENT_DECLARATION',
  'SPLIT',
  'OVERDUE',
  'DEFAULT',
  'WRITE_OFF',
  'REGISTRATION',
  'PAYMENT_WITHDRAWAL',
] as const;
export type ReceivableEntryKind = (typeof RECEIVABLE_ENTRY_KINDS)[number];

/** An entry of a receivable's log, as the chain hashes it. Its place in the list is its index. */
export interface ReceivableEntry {
  /** Number of the kind. */
  readonly kind: number;
  /** Root of its document's fields; zero where there is none. */
  readonly commitment: Hex;
  /** Index of the entry that it answers, else 0. */
  readonly about: number;
  /** Block time, in seconds. */
  readonly recordedAt: number;
}

const ZERO: Hex = `0x${'00'.repeat(32)}`;

/** The contract's number of a kind, and back; undefined for a number that this release does not know. */
export const entryKindNumber = (kind: ReceivableEntryKind): number => RECEIVABLE_ENTRY_KINDS.indexOf(kind) + 1;
export const entryKindOf = (number: number): ReceivableEntryKind | undefined => RECEIVABLE_ENTRY_KINDS[number - 1];

/** Head of the log's hash chain after these entries, as IReceivableLog says it is computed. */
export function receivableHeadOf(receivable: Hex, entries: readonly ReceivableEntry[]): Hex {
  return entries.reduce((head, { kind, commitment, about, recordedAt }, index) => {
    return hashWords(head, hashWords(receivable, index, kind, commitment, about, recordedAt));
  }, ZERO);
}

/** An entry that lowers the cover: a credit note, a dispute that is open, a payment that was acknowledged. */
export interface LoweringEntry {
  readonly kind: 'CREDIT_NOTE' | 'DISPUTE' | 'PAYMENT';
  readonly index: number;
  /** Of the document that says by how much. */
  readonly commitment: Hex;
}

/** Those of a whole log, in its order. */
export function loweringEntries(entries: readonly ReceivableEntry[]): LoweringEntry[] {
  const answers = new Set(
    entries.flatMap(({ kind, about }, i) => (i > about ? [`${entryKindOf(kind)} ${about}`] : [])),
  );
  const answered = (index: number, ...by: ReceivableEntryKind[]): boolean =>
    by.some((kind) => answers.has(`${kind} ${index}`));
  return entries.flatMap(({ kind, commitment }, index): LoweringEntry[] => {
    const name = entryKindOf(kind);
    if (name === 'CREDIT_NOTE') return [{ kind: name, index, commitment }];
    if (name === 'DISPUTE' && !answered(index, 'DISPUTE_RESOLUTION')) return [{ kind: name, index, commitment }];
    if (name === 'PAYMENT_CLAIM' && answered(index, 'PAYMENT_ACKNOWLEDGEMENT', 'SETTLEMENT'))
      return [{ kind: 'PAYMENT', index, commitment }];
    return [];
  });
}
