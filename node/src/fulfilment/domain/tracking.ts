import type { Hex } from '../../kernel/hex.js';
import { isCompleteLog } from './fulfilment-log.js';
import { kindNumber, type MilestoneKind } from './milestone-kinds.js';

/** An entry as whoever has a tracking link sees it: all that its hash is over, and nothing of its document. */
export interface TrackedMilestone {
  readonly index: number;
  readonly kind: MilestoneKind;
  /** Member number of who added it. */
  readonly author: number;
  /** Block time, seconds. */
  readonly recordedAt: number;
  readonly commitment: Hex;
  /** Zero for none. */
  readonly supersedes: Hex;
}

/** Whether the milestones shown are the whole fulfilment log of the order whose head the chain keeps. */
export function isWholeTrack(order: Hex, milestones: readonly TrackedMilestone[], head: Hex): boolean {
  const entries = milestones.map(({ kind, ...entry }) => ({ ...entry, order, kind: kindNumber(kind) }));
  return isCompleteLog(order, entries, head);
}
