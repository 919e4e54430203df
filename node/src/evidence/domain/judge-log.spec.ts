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
  expect(few).toMatchObject({ valid: true, provenTo: 5, heads: 1 });
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
