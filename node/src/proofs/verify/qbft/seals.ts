import type { Hex } from '../../../kernel/hex.js';
import { toBytes } from '../../../kernel/hex.js';
import { recoverCompact } from '../../../kernel/recover.js';
import type { SealedHeader } from './sealed-header.js';

/** Why a header or a lineage does not convince, as FINALITY says it. */
export class SealsRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How many of `count` validators a block needs: two thirds, rounded up. */
export const quorumOf = (count: number): number => Math.ceil((2 * count) / 3);

/**
 * The distinct validators of the header's own set whose seals it bears, in the set's order. One seal that is repeated, by
 * a stranger, or no signature of this block refuses all of it, as in Besu; so do fewer than a quorum. That the set is the
 * right one is not decided here.
 */
export function sealersOf(header: SealedHeader): Hex[] {
  const { qbft, sealDigest, number } = header;
  if (qbft === null || sealDigest === null)
    throw new SealsRefused('HEADER_UNSEALED', `Block ${number} bears no validators' seals: it is its maker's word.`);
  const { validators, seals } = qbft;
  if (validators.length === 0)
    throw new SealsRefused(
      'VALIDATORS_NOT_IN_HEADER',
      `Block ${number} names no validators: sets that a contract keeps cannot be checked.`,
    );
  if (new Set(validators).size !== validators.length)
    throw new SealsRefused('VALIDATORS_REPEATED', `Block ${number} names a validator twice.`);
  if (seals.length < quorumOf(validators.length))
    throw new SealsRefused(
      'SEALS_TOO_FEW',
      `Block ${number} bears ${seals.length} seals; ${quorumOf(validators.length)} of its ${validators.length} validators are needed.`,
    );
  const digest = toBytes(sealDigest);
  const signers = seals.map((seal) => recoverCompact(digest, seal.subarray(0, 64), seal[64]!));
  if (signers.includes(null))
    throw new SealsRefused(
      'SEAL_INVALID',
      `Block ${number} bears a seal that is no signature, or not in its one form.`,
    );
  const places = (signers as Hex[]).map((signer) => validators.indexOf(signer));
  if (places.includes(-1))
    throw new SealsRefused('SEAL_BY_STRANGER', `Block ${number} bears a seal of somebody who is no validator of it.`);
  if (new Set(places).size !== places.length)
    throw new SealsRefused('SEAL_REPEATED', `Block ${number} bears two seals of one validator.`);
  if (places.some((place, i) => i > 0 && place < places[i - 1]!))
    throw new SealsRefused(
      'SEALS_OUT_OF_ORDER',
      `The seals of block ${number} are not in the order of its validators.`,
    );
  return signers as Hex[];
}
