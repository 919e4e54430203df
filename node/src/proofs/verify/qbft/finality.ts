import type { Hex } from '../../../kernel/hex.js';
import { followSets, type PinnedSet, sameSet } from './lineage.js';
import { quorumOf, sealersOf, SealsRefused } from './seals.js';
import type { SealedHeader } from './sealed-header.js';

/** By whom a block is final, and from which pinned block on that was followed. */
export interface Finality {
  readonly sealers: readonly Hex[];
  readonly validators: readonly Hex[];
  readonly checkpoint: PinnedSet;
}

/**
 * That a quorum of the validators in force sealed `header`, followed from the last of `checkpoints` that is not after it.
 * Exactly a quorum of seals: one form. Throws {@link SealsRefused} with the first fact that fails.
 */
export function requireFinal(
  header: SealedHeader,
  changes: readonly (readonly SealedHeader[])[],
  checkpoints: readonly PinnedSet[],
): Finality {
  const sealers = sealersOf(header);
  const checkpoint = checkpoints.findLast(({ number }) => number <= header.number);
  if (!checkpoint)
    throw new SealsRefused('BEFORE_CHECKPOINT', `Block ${header.number} is before your trust file's first checkpoint.`);
  if (checkpoint.validators.length === 0)
    throw new SealsRefused('VALIDATORS_UNKNOWN', 'Your trust file names no validators, so nobody’s seals count.');
  if (checkpoint.number === header.number && checkpoint.hash !== header.hash)
    throw new SealsRefused('CHECKPOINT_CONTRADICTED', `Block ${header.number} is another one in your trust file.`);
  const { validators, since } = followSets(checkpoint, changes);
  const end = changes.at(-1)?.at(-1);
  const within =
    header.number >= since && (end === undefined || header.number !== end.number || header.hash === end.hash);
  if (!within)
    throw new SealsRefused(
      'LINEAGE_OUT_OF_ORDER',
      `A change of validators is after block ${header.number} or contradicts it.`,
    );
  if (!sameSet(header.qbft!.validators, validators))
    throw new SealsRefused(
      'VALIDATORS_UNKNOWN',
      `Block ${header.number} names other validators than those that your trust file leads to from block ${checkpoint.number} on. Were there others at that block for a while only, take a checkpoint from after they were gone.`,
    );
  if (sealers.length !== quorumOf(validators.length))
    throw new SealsRefused(
      'SEALS_SURPLUS',
      `Block ${header.number} bears ${sealers.length} seals; the file's one form has ${quorumOf(validators.length)}.`,
    );
  return { sealers, validators: header.qbft!.validators, checkpoint };
}
