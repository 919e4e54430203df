import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/**
 * An invoice's fingerprint under one tag key of its obligor, and a receivable confirmed with it. Two rows of one obligor
 * with one fingerprint are a voided receivable and its successor (rule 2).
 */
export interface ChainFingerprint {
  readonly receivable: Hex;
  readonly fingerprint: Hex;
  readonly obligor: number;
  /** 0-based place of the tag key, in the order of the keys' numbers. */
  readonly place: number;
}

export const chainFingerprints = defineChainTable<ChainFingerprint>({
  name: 'chain_fingerprints',
  key: ['receivable', 'fingerprint'],
  columns: { receivable: 'bytea', fingerprint: 'bytea', obligor: 'int8', place: 'int4' },
});
