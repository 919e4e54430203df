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
 * The entries that count, in their order: of those that correct one another only the last. An entry corrects an earlier
 * one of the same author and kind; the contract keeps hashes alone and cannot tell, so every reader must. Two
 * corrections of one entry do not both count, else goods would be received twice.
 */
export function liveEntries<Entry extends LogEntry>(entries: readonly Entry[]): Entry[] {
  const seen = new Map<Hex, { readonly entry: Entry; readonly origin: Hex }>();
  const last = new Map<Hex, Entry>();
  for (const entry of entries) {
    const hash = entryHash(entry);
    const earlier = seen.get(entry.supersedes);
    const origin = earlier && corrects(entry, earlier.entry) ? earlier.origin : hash;
    seen.set(hash, { entry, origin });
    last.set(origin, entry);
  }
  const live = new Set(last.values());
  return entries.filter((entry) => live.has(entry));
}

/** Whether an entry that names `earlier`, of the same log, does correct it. */
export function corrects(
  entry: Pick<LogEntry, 'author' | 'kind'>,
  earlier: Pick<LogEntry, 'author' | 'kind'>,
): boolean {
  return earlier.author === entry.author && earlier.kind === entry.kind;
}
