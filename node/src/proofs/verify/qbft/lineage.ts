import type { Hex } from '../../../kernel/hex.js';
import { quorumOf, sealersOf, SealsRefused } from './seals.js';
import type { SealedHeader } from './sealed-header.js';
import { trimmedChange } from './trim-seals.js';

/** A block that whoever verifies has pinned, and the set that sealed it. */
export interface PinnedSet {
  readonly number: number;
  readonly hash: Hex;
  readonly validators: readonly Hex[];
}

/** Where a lineage has come to: the set in force from a block on. */
export interface SetInForce {
  readonly validators: readonly Hex[];
  readonly since: number;
}

/**
 * Follows the validator sets from the pinned one through `changes`, each the first header of a new set and as many
 * hash-linked ones after it as are needed. A set counts only when those headers bear seals of a quorum of the set before
 * it as well as of itself: one header alone may honestly bear too few of the old (5 to 6, 8 to 9, 11 to 12, and when one
 * leaves). Changes up to the pinned block must hold in themselves and come to the pinned set; they prove nothing more.
 * Throws {@link SealsRefused}.
 */
export function followSets(pinned: PinnedSet, changes: readonly (readonly SealedHeader[])[]): SetInForce {
  const earlier = changes.filter(([first]) => first !== undefined && first.number <= pinned.number);
  let before: SetInForce | null = null;
  for (const change of earlier) before = takeChange(before, change);
  if (before !== null && !sameSet(before.validators, pinned.validators))
    throw new SealsRefused(
      'CHECKPOINT_CONTRADICTED',
      `At your checkpoint, block ${pinned.number}, the file has other validators than your trust file.`,
    );
  let current: SetInForce = { validators: pinned.validators, since: pinned.number };
  for (const change of changes.slice(earlier.length)) current = takeChange(current, change);
  return current;
}

function takeChange(before: SetInForce | null, change: readonly SealedHeader[]): SetInForce {
  const [first] = change;
  const validators = first?.qbft?.validators;
  if (!first || !validators) throw new SealsRefused('HEADER_UNSEALED', 'A change of validators bears no seals.');
  if (before !== null && first.number <= before.since)
    throw new SealsRefused(
      'LINEAGE_OUT_OF_ORDER',
      `The change at block ${first.number} is not after the one before it.`,
    );
  requireLinked(change, validators);
  const seals = change.map(sealersOf);
  if (before !== null) {
    requireOneStep(before.validators, validators, first.number);
    requireOldQuorum(before.validators, seals, first.number);
    requireTrimmed(before.validators, change, first.number);
  }
  return { validators, since: change.at(-1)!.number };
}

function requireLinked(change: readonly SealedHeader[], validators: readonly Hex[]): void {
  change.slice(1).forEach((header, i) => {
    const parent = change[i]!;
    const linked = header.number === parent.number + 1 && header.parentHash === parent.hash;
    if (!linked || !sameSet(header.qbft?.validators ?? [], validators))
      throw new SealsRefused(
        'LINEAGE_BROKEN',
        `Block ${header.number} does not follow block ${parent.number} of its change.`,
      );
  });
}

/** Sets change by one vote at a time: one more or one less. */
function requireOneStep(before: readonly Hex[], after: readonly Hex[], number: number): void {
  const joined = after.filter((validator) => !before.includes(validator)).length;
  const left = before.filter((validator) => !after.includes(validator)).length;
  if (joined + left !== 1)
    throw new SealsRefused(
      'LINEAGE_LEAP',
      `From one set to the next ${joined} validators join and ${left} leave at block ${number}; one change at a time can be followed.`,
    );
}

function requireOldQuorum(before: readonly Hex[], seals: readonly (readonly Hex[])[], number: number): void {
  const needed = quorumOf(before.length);
  const found = new Set(seals.flat().filter((sealer) => before.includes(sealer))).size;
  if (found < needed)
    throw new SealsRefused(
      'OLD_QUORUM_MISSING',
      `The change at block ${number} bears seals of ${found} of the ${before.length} validators before it; ${needed} are needed.`,
    );
}

/** One form: as few headers as will do, and of their seals only those that count. */
function requireTrimmed(before: readonly Hex[], change: readonly SealedHeader[], number: number): void {
  const trimmed = trimmedChange(
    before,
    change.map(({ rlp }) => rlp),
  );
  if (trimmed?.length !== change.length || !change.every(({ rlp }, i) => rlp === trimmed[i]))
    throw new SealsRefused(
      'SEALS_SURPLUS',
      `The change at block ${number} carries headers or seals that it does not need.`,
    );
}

export function sameSet(a: readonly Hex[], b: readonly Hex[]): boolean {
  return a.length === b.length && a.every((validator) => b.includes(validator));
}
