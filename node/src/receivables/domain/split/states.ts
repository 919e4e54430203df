import type { ReceivableStatus } from '../states.js';
import { splitInvalidTransition } from './problems.js';

/** Every state of a proposed split, as one of those who take part in it sees it. */
export const SPLIT_STATUSES = [
  'PROPOSED',
  'ACCEPTED',
  'REQUESTED',
  'SIGNED',
  'COMPLETED',
  'REJECTED',
  'REFUSED',
  'WITHDRAWN',
  'EXPIRED',
] as const;
export type SplitStatus = (typeof SPLIT_STATUSES)[number];

/** What the members' nodes have said to each other; the others are the chain's word, or time's. */
export type RecordedSplitStatus = Exclude<SplitStatus, 'COMPLETED' | 'EXPIRED'>;

/** In these the split can still come to be. */
export const OPEN_SPLIT: readonly SplitStatus[] = ['PROPOSED', 'ACCEPTED', 'REQUESTED', 'SIGNED'];

export interface SplitTransition {
  readonly from: readonly SplitStatus[];
  readonly to: SplitStatus;
  readonly by: 'holder' | 'new holder' | 'obligor' | 'time' | 'chain';
}

/** Every transition there is; one not listed is refused (rule 6). */
export const SPLIT_TRANSITIONS = {
  accept: { from: ['PROPOSED'], to: 'ACCEPTED', by: 'new holder' },
  reject: { from: ['PROPOSED'], to: 'REJECTED', by: 'new holder' },
  request: { from: ['PROPOSED'], to: 'REQUESTED', by: 'holder' },
  sign: { from: ['REQUESTED'], to: 'SIGNED', by: 'obligor' },
  refuse: { from: ['REQUESTED'], to: 'REFUSED', by: 'obligor' },
  fail: { from: ['SIGNED'], to: 'REFUSED', by: 'chain' },
  withdraw: { from: ['PROPOSED', 'REQUESTED'], to: 'WITHDRAWN', by: 'holder' },
  expire: { from: OPEN_SPLIT, to: 'EXPIRED', by: 'time' },
  // Also after it came to nothing: until consents are unusable on chain, whoever has them all may send them.
  complete: { from: [...OPEN_SPLIT, 'WITHDRAWN', 'REFUSED'], to: 'COMPLETED', by: 'chain' },
} as const satisfies Record<string, SplitTransition>;

export type SplitAct = keyof typeof SPLIT_TRANSITIONS;

/** Refuses with SPLIT_INVALID_TRANSITION. */
export function requireSplitAct(act: SplitAct, status: SplitStatus, split: string): void {
  const { from, to }: SplitTransition = SPLIT_TRANSITIONS[act];
  if (from.includes(status)) return;
  throw splitInvalidTransition(`a split that is ${status} does not become ${to}`, { split, from: status, to });
}

export interface SplitFacts {
  readonly recorded: RecordedSplitStatus;
  readonly receivable: ReceivableStatus;
  /** Whether the receivable's parts on chain are these. */
  readonly onChain: boolean;
  /** Whether something lowered the cover since, which voids all consents. */
  readonly stale: boolean;
  /** Last second, by block time. */
  readonly expiresAt: number;
}

/** A split's state as of block time `now` (seconds): the chain's word where it has one, else the members'. */
export function deriveSplitStatus(facts: SplitFacts, now: number): SplitStatus {
  if (facts.onChain) return 'COMPLETED';
  if (!OPEN_SPLIT.includes(facts.recorded)) return facts.recorded;
  const over = facts.receivable !== 'CONFIRMED' || facts.stale || now > facts.expiresAt;
  return over ? 'EXPIRED' : facts.recorded;
}
