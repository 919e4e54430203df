import { type Hex, toHex } from '../../kernel/hex.js';
import { hashOf } from '../../audit/index.js';
import { judgeLog, type LogPart } from './judge-log.js';
import { logRoot } from './log-root.js';

const ZERO: Hex = `0x${'00'.repeat(32)}`;
const salt: Hex = `0x${'5a'.repeat(32)}`;

/** A log of `count` rows; `said` is what each says. */
function log(count: number, said = (n: number) => `row ${n}`) {
  let hash: Buffer = Buffer.alloc(32);
  const rows = Array.from({ length: count }, (_, i) => ({ position: i + 1, values: [String(i), said(i + 1), null] }));
  const hashes = [ZERO, ...rows.map(({ values }) => toHex((hash = hashOf(hash, values))))];
  const headAt = (position: number) => ({ position, hash: hashes[position]!, salt });
  return { rows, hashes, headAt };
}

const { rows, hashes, headAt } = log(6);
const heads = [0, 2, 5].map(headAt);
const anchored = heads.map((head, i) => ({ batch: i + 1, root: logRoot(head) }));
const whole: LogPart = { after: { position: 0, hash: ZERO }, rows, heads, last: true };

it('takes a log that leads to each head that the chain has', () => {
  expect(judgeLog(whole, anchored)).toMatchObject({ valid: true, provenTo: 5, heads: 3 });
});

it('takes a part of it, and says how far that is proven', () => {
  const part = { after: { position: 3, hash: hashes[3]! }, rows: rows.slice(3), heads, last: true };
  expect(judgeLog(part, anchored)).toMatchObject({ valid: true, provenTo: 5, heads: 1 });
  const few = judgeLog({ ...part, heads: [headAt(5)] }, anchored);
  expect(few).toMatchObject({ valid: false, provenTo: null, heads: 1, unopened: 2, fault: 'LOG_HEAD_WITHHELD', at: 1 });
  const early = { ...whole, rows: rows.slice(0, 1), last: false };
  expect(judgeLog(early, anchored)).toMatchObject({ valid: true, provenTo: 0, heads: 1 });
  expect(judgeLog({ ...early, after: part.after, rows: [] }, anchored)).toMatchObject({ valid: true, provenTo: null });
});

it.each<[string, Partial<LogPart>, string, number]>([
  ['a row that was changed', { rows: log(6, (n) => (n === 2 ? 'another' : `row ${n}`)).rows }, 'LOG_ALTERED', 2],
  ['a row that was left out', { rows: rows.filter(({ position }) => position !== 4) }, 'LOG_OUT_OF_SEQUENCE', 4],
  ['two rows that changed places', { rows: [rows[1]!, rows[0]!, ...rows.slice(2)] }, 'LOG_OUT_OF_SEQUENCE', 1],
  ['an end that was cut off', { rows: rows.slice(0, 4) }, 'LOG_CUT', 5],
  ['a head that is not opened', { heads: heads.slice(0, 2) }, 'LOG_HEAD_WITHHELD', 3],
  ['another beginning', { after: { position: 0, hash: salt } }, 'LOG_ALTERED', 0],
])('finds %s', (_, change, fault, at) => {
  expect(judgeLog({ ...whole, ...change }, anchored)).toMatchObject({ valid: false, fault, at });
});

it('finds a head left out between two that are opened', () => {
  const part = {
    after: { position: 1, hash: hashes[1]! },
    rows: rows.slice(1, 5),
    heads: [headAt(0), headAt(5)],
    last: false,
  };
  expect(judgeLog(part, anchored)).toMatchObject({ fault: 'LOG_HEAD_WITHHELD', at: 2 });
});

it('finds a log that was written anew from the beginning, with a head to match', () => {
  const other = log(6, (n) => `other ${n}`);
  const forged = [...heads, other.headAt(5)];
  const both = [...anchored, { batch: 4, root: logRoot(other.headAt(5)) }];
  expect(judgeLog({ ...whole, rows: other.rows, heads: forged }, both)).toMatchObject({ fault: 'LOG_ALTERED' });
  const hidden = judgeLog({ ...whole, rows: other.rows, heads: [other.headAt(5)] }, both);
  expect(hidden).toMatchObject({ fault: 'LOG_HEAD_WITHHELD', at: 1 });
});

it('takes a log in parts, each with the heads after those that the part before had', () => {
  const first = judgeLog({ ...whole, rows: rows.slice(0, 3), last: false }, anchored);
  expect(first).toMatchObject({ valid: true, provenTo: 2, headsTo: 2 });
  const rest = { ...whole, after: { position: 3, hash: hashes[3]! }, rows: rows.slice(3), heads: [headAt(5)] };
  expect(judgeLog(rest, anchored, first.headsTo)).toMatchObject({ valid: true, provenTo: 5, unopened: 2, headsTo: 3 });
});

it('has a head within the next part opened with that again', () => {
  const first = judgeLog({ ...whole, rows: rows.slice(0, 1), last: false }, anchored);
  expect(first).toMatchObject({ valid: true, headsTo: 1 });
  const rest = { ...whole, after: { position: 1, hash: hashes[1]! }, rows: rows.slice(1), heads: [headAt(5)] };
  expect(judgeLog(rest, anchored, first.headsTo)).toMatchObject({ fault: 'LOG_HEAD_WITHHELD', at: 2 });
});

describe('a log that was written anew from within, with a head to match', () => {
  const forged = log(6, (n) => (n < 3 ? `row ${n}` : `other ${n}`));
  const late = [2, 6].map((position) => ({ ...forged.headAt(position), salt: hashes[1]! }));
  const both = [...anchored, ...late.map((head, i) => ({ batch: 4 + i, root: logRoot(head) }))];
  const part: LogPart = {
    after: { position: 2, hash: forged.hashes[2]! },
    rows: forged.rows.slice(2),
    heads: late.slice(1),
    last: true,
  };

  it.each([
    ['without the heads before', part.heads],
    ['with a head of its beginning that came late', late],
  ])('is found %s', (_, opened) => {
    const fault = { valid: false, provenTo: null, fault: 'LOG_HEAD_WITHHELD', at: 1 };
    expect(judgeLog({ ...part, heads: opened }, both)).toMatchObject(fault);
    expect(judgeLog({ ...part, heads: opened, last: false }, both)).toMatchObject(fault);
  });

  it('is found with all of them', () => {
    expect(judgeLog({ ...part, heads: [...heads, ...late] }, both)).toMatchObject({ fault: 'LOG_ALTERED', at: 5 });
  });
});

it('finds heads that go back, where the part has none of them', () => {
  const back = [headAt(5), { ...headAt(2), salt: hashes[1]! }];
  const roots = back.map((head, i) => ({ batch: i + 1, root: logRoot(head) }));
  const end = { after: { position: 5, hash: hashes[5]! }, rows: rows.slice(5), heads: back, last: true };
  expect(judgeLog(end, roots)).toMatchObject({ fault: 'LOG_SHORTENED', at: 2 });
  expect(judgeLog(end, roots, 2)).toMatchObject({ valid: true });
});

it('lets who checks take heads for lost, and says how many', () => {
  const lost = { ...whole, heads: [headAt(0), headAt(5)] };
  expect(judgeLog(lost, anchored)).toMatchObject({ fault: 'LOG_HEAD_WITHHELD', at: 2, unopened: 1, heads: 2 });
  expect(judgeLog(lost, anchored, 2)).toMatchObject({ valid: true, provenTo: 5, unopened: 1 });
});
