import { createHash } from 'node:crypto';
import { Random } from './random.js';

/** Members whose nodes run. `core` runs as two processes, of which one indexes. */
export const MEMBERS = ['core', 'supplier-1', 'bank-a'] as const;
export type Member = (typeof MEMBERS)[number];

/** Processes of nodes: the members', and a second replica of the core enterprise's. */
export const PROCESSES = [...MEMBERS, 'core-2'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** Each kind of fault, and how often it comes in a tick beside the once that each run has it for certain. */
export const KINDS = {
  'rpc-errors': 0.05,
  'rpc-slow': 0.05,
  'rpc-down': 0.03,
  'rpc-fork': 0.02,
  'rpc-false-receipts': 0.02,
  'rpc-behind': 0.05,
  'rpc-torn': 0.03,
  'rpc-rate-limit': 0.03,
  'rpc-lost-sends': 0.05,
  reorg: 0.05,
  'deep-reorg': 0.02,
  'chain-stall': 0.02,
  'database-connections': 0.03,
  'database-kill': 0.01,
  'database-read-only': 0.01,
  'queue-loss': 0.03,
  'node-kill': 0.15,
  'node-pause': 0.03,
  'counterparty-down': 0.02,
  'envelope-twice': 0.03,
  'receipt-lost': 0.03,
  'clock-off': 0.02,
} as const;
export type Kind = keyof typeof KINDS;

/**
 * Kinds that may not come about: another fault has taken the database away, or anvil has no state any more of the blocks that a
 * reorg goes back over ("Resource not found").
 */
export const MAY_FAIL: ReadonlySet<Kind> = new Set<Kind>([
  'reorg',
  'deep-reorg',
  'database-connections',
  'database-kill',
  'database-read-only',
  'queue-loss',
]);

/** One thing that goes wrong, for a while. */
export interface Fault {
  /** Ms after the run began. */
  readonly at: number;
  readonly kind: Kind;
  /** Whose process it hits; for a database or an envelope, whose node's. */
  readonly target: ProcessName;
  /** How long it lasts, in ms. */
  readonly ms: number;
  /** Depth of a reorg in blocks, minutes of a clock, share of errors in percent. */
  readonly size: number;
}

/** Ms: about a block, which the rates are per. */
const TICK = 500;

const SIZES: Partial<Record<Kind, readonly [number, number]>> = {
  'rpc-errors': [5, 60],
  reorg: [1, 3],
  'deep-reorg': [5, 24],
  'rpc-fork': [1, 4],
  'rpc-behind': [1, 6],
  'rpc-torn': [1, 3],
  'clock-off': [-8, 8],
};

/** What goes wrong in a run: each kind once at least, and more by chance; the same for the same seed and length. */
export function scheduleOf(seed: number, seconds: number): Fault[] {
  const random = new Random(seed);
  const kinds = Object.keys(KINDS) as Kind[];
  const length = seconds * 1000;
  const faults = random.shuffled(kinds).map((kind, i) => fault(random, kind, Math.floor((i * length) / kinds.length)));
  for (let at = 0; at < length; at += TICK)
    for (const kind of kinds) if (random.chance(KINDS[kind])) faults.push(fault(random, kind, at));
  return faults.sort((a, b) => a.at - b.at);
}

/** Tells schedules apart: the same for the same faults. */
export function traceOf(schedule: readonly Fault[]): string {
  return createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 16);
}

function fault(random: Random, kind: Kind, at: number): Fault {
  const [low, high] = SIZES[kind] ?? [0, 0];
  const target = random.of(PROCESSES);
  const ms = random.between(200, kind === 'rpc-fork' ? 600 : 1_500);
  return { at, kind, target, ms, size: random.between(low, high) };
}
