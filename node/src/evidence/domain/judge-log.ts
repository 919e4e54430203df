import { createHash } from 'node:crypto';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { type LogHead, logRoot } from './log-root.js';

/** A part of a member's access log as it hands it out, with openings of the heads that it anchored meanwhile. */
export interface LogPart {
  /** The row before the first: position 0 and 32 zero bytes at the beginning. */
  readonly after: { readonly position: number; readonly hash: Hex };
  /** Each row as it is hashed. */
  readonly rows: readonly { readonly position: number; readonly values: readonly unknown[] }[];
  readonly heads: readonly LogHead[];
  /** Whether the log ends with it. */
  readonly last: boolean;
}

/** A batch of one that the chain has of the member: such a batch is a head of its access log. */
export interface AnchoredHead {
  readonly batch: number;
  readonly root: Hex;
}

export const LOG_FAULTS = {
  LOG_OUT_OF_SEQUENCE: 'a row is missing, or stands where another belongs',
  LOG_ALTERED: 'the rows do not lead to a head that the chain has',
  LOG_HEAD_WITHHELD: 'a head that the chain has is not opened',
  LOG_SHORTENED: 'a head that the chain has is over fewer rows than one before it',
  LOG_CUT: 'the chain has a head beyond the end of the log',
} as const;
export type LogFault = keyof typeof LOG_FAULTS;

/** What a part of a log proves by the chain's word. */
export interface LogVerdict {
  readonly valid: boolean;
  /** Rows up to this position are as they were when it was anchored; null when no head is within the part. */
  readonly provenTo: number | null;
  /** How many heads the part was held against. */
  readonly heads: number;
  /** How many heads up to the last that it has to open it does not, those that it need not among them. */
  readonly unopened: number;
  /** Batch up to which each head is opened, or needs not be, and lies before the end of the part: what the next part goes on from. */
  readonly headsTo: number;
  readonly fault: LogFault | null;
  /** Position or batch at which it fails. */
  readonly at: number | null;
}

/**
 * Holds a part of a log against what its member anchored, in the order of batches. Each head from the first of all to the last
 * that is opened must be, to the last of all when the part ends the log: one that is left out may lie within the part, whatever
 * the place of the others. Only those of batches up to `headsAfter` need not: who checks has them from parts before, or
 * takes them for lost. That one is not opened is found last, so that nothing else is wrong then. Pure; whoever has the chain
 * can do it.
 */
export function judgeLog(
  { after, rows, heads, last }: LogPart,
  anchored: readonly AnchoredHead[],
  headsAfter = 0,
): LogVerdict {
  const hashes = new Map([[after.position, after.hash]]);
  let { position, hash } = after;
  for (const row of rows) {
    if (row.position !== ++position) return refused('LOG_OUT_OF_SEQUENCE', position);
    hashes.set(position, (hash = hashAfter(hash, row.values)));
  }
  const openings = new Map(heads.map((head) => [logRoot(head), head]));
  const known = anchored.map(({ batch, root }) => ({ batch, head: openings.get(root) }));
  const asked = known.slice(0, last ? known.length : known.findLastIndex(({ head }) => head) + 1);
  const opened = asked.flatMap(({ batch, head }) => (head ? [{ ...head, batch }] : []));
  const cut = last ? opened.find((head) => head.position > position) : undefined;
  if (cut) return refused('LOG_CUT', cut.position);
  const within = opened.filter((head) => hashes.has(head.position));
  const altered = within.find((head) => hashes.get(head.position) !== head.hash);
  if (altered) return refused('LOG_ALTERED', altered.position);
  const fallen = opened.find(
    ({ batch, position }, i) => i > 0 && batch > headsAfter && position < opened[i - 1]!.position,
  );
  if (fallen) return refused('LOG_SHORTENED', fallen.batch);
  const unopened = asked.filter(({ head }) => !head);
  const open = asked.findIndex(({ batch, head }) => (head ? head.position > position : batch > headsAfter));
  const before = open < 0 ? asked.at(-1) : asked[open - 1];
  const held = {
    heads: within.length,
    unopened: unopened.length,
    headsTo: Math.max(headsAfter, before?.batch ?? 0),
  };
  const withheld = unopened.find(({ batch }) => batch > headsAfter);
  if (withheld) return { ...refused('LOG_HEAD_WITHHELD', withheld.batch), ...held };
  const provenTo = within.length === 0 ? null : Math.max(...within.map((head) => head.position));
  return { valid: true, provenTo, ...held, fault: null, at: null };
}

/** As the audit room chains rows: SHA-256(previous || JSON array of the row's values). */
function hashAfter(previous: Hex, values: readonly unknown[]): Hex {
  return toHex(createHash('sha256').update(toBytes(previous)).update(JSON.stringify(values)).digest());
}

function refused(fault: LogFault, at: number): LogVerdict {
  return { valid: false, provenTo: null, heads: 0, unopened: 0, headsTo: 0, fault, at };
}
