import type { Hex } from '../../kernel/hex.js';
import { entryHash, headOf, isCompleteLog, liveEntries, ZERO } from './fulfilment-log.js';
import type { LogEntry } from './log-entry.js';

const order: Hex = `0x${'0a'.repeat(32)}`;
const root = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`;

function log(...drafts: Partial<LogEntry>[]): LogEntry[] {
  return drafts.map((draft, index) => ({
    order,
    index,
    kind: 6,
    author: 1,
    commitment: root(index + 1),
    supersedes: ZERO,
    recordedAt: 1_700_000_000 + index,
    ...draft,
  }));
}

describe('isCompleteLog', () => {
  const entries = log({}, { kind: 3, author: 2 }, {});
  const head = headOf(entries);

  it('accepts the whole log, and an empty one with the head zero', () => {
    expect(isCompleteLog(order, entries, head)).toBe(true);
    expect(isCompleteLog(order, [], ZERO)).toBe(true);
  });

  it.each([
    ['without the last', entries.slice(0, 2)],
    ['without the first', entries.slice(1)],
    ['empty', []],
    ['in another order', [entries[1]!, entries[0]!, entries[2]!]],
    ['with one changed', [{ ...entries[0]!, commitment: root(9) }, ...entries.slice(1)]],
    ['with one more', [...entries, { ...entries[2]!, index: 3 }]],
  ])('refuses the log %s', (_, others) => expect(isCompleteLog(order, others, head)).toBe(false));

  it("refuses another order's log", () => expect(isCompleteLog(root(5), entries, head)).toBe(false));
});

describe('liveEntries', () => {
  it('keeps what nothing corrects', () => {
    const entries = log({}, { kind: 3 }, { author: 2 });
    expect(liveEntries(entries)).toEqual(entries);
  });

  it('drops what a chain of corrections leaves behind', () => {
    const first = log({})[0]!;
    const second = log({}, { supersedes: entryHash(first) })[1]!;
    const third = log({}, {}, { supersedes: entryHash(second) })[2]!;
    expect(liveEntries([first, second, third])).toEqual([third]);
  });

  it('counts only the last of two corrections of one entry', () => {
    const first = log({})[0]!;
    const corrections = log({}, { supersedes: entryHash(first) }, { supersedes: entryHash(first) }).slice(1);
    expect(liveEntries([first, ...corrections])).toEqual([corrections[1]]);
  });

  it.each([
    ['author', { author: 2 }],
    ['kind', { kind: 7 }],
  ])('keeps an entry that is named by one of another %s', (_, other) => {
    const first = log({})[0]!;
    const second = log({}, { ...other, supersedes: entryHash(first) })[1]!;
    expect(liveEntries([first, second])).toEqual([first, second]);
  });

  it('takes no notice of a correction of what is not there, or comes later', () => {
    const second = log({}, {})[1]!;
    const first = log({ supersedes: entryHash(second) })[0]!;
    expect(liveEntries([first, second])).toEqual([first, second]);
  });
});
