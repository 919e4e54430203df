import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import type { LogEntry } from './log-entry.js';

/** Head of an empty log, and what `supersedes` says for nothing. */
export const ZERO: Hex = `0x${'00'.repeat(32)}`;

/** keccak256(abi.encode(order, index, kind, author, commitment, supersedes, recordedAt)), as the contract computes it. */
export function entryHash(entry: LogEntry): Hex {
  const { order, index, kind, author, commitment, supersedes, recordedAt } = entry;
  return hashWords(order, index, kind, author, commitment, supersedes, recordedAt);
}

/** Head of the log's hash chain after these entries, from the first on. */
export function headOf(entries: readonly LogEntry[]): Hex {
  return entries.reduce((head, entry) => hashWords(head, entryHash(entry)), ZERO);
}

/**
 * Whether `entries`, in their order, are the whole log of `order` whose head the chain keeps: none left out, none added,
 * none changed, none moved.
 */
export function isCompleteLog(order: Hex, entries: readonly LogEntry[], head: Hex): boolean {
  const placed = entries.every((entry, place) => entry.index === place && entry.order === order);
  return placed && headOf(entries) === head;
}

/**
 * The entries that count, in their order: those not superseded. Only a later entry of the same author and kind
 * supersedes; the contract keeps hashes alone and cannot tell, so every reader must.
 */
export function liveEntries<Entry extends LogEntry>(entries: readonly Entry[]): Entry[] {
  const seen = new Map<Hex, Entry>();
  const superseded = new Set<Entry>();
  for (const entry of entries) {
    const earlier = seen.get(entry.supersedes);
    if (earlier && earlier.author === entry.author && earlier.kind === entry.kind) superseded.add(earlier);
    seen.set(entryHash(entry), entry);
  }
  return entries.filter((entry) => !superseded.has(entry));
}
