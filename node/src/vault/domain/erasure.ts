import type { Hex } from '../../kernel/hex.js';

/** A member's signed word that it destroyed its documents of an object: whoever knows the registry's accounts can check it. */
export interface Erasure {
  readonly id: string;
  /** Short name of the member. */
  readonly member: string;
  /** Order or receivable. */
  readonly object: Hex;
  readonly onOrder: boolean;
  /** Commitments of the documents, ascending. */
  readonly documents: readonly Hex[];
  readonly reason: string;
  /** Block time in seconds, and the block, as far as the member had indexed. */
  readonly erasedAt: number;
  readonly block: number;
  /** Operator account of the member, and its EIP-712 signature. */
  readonly account: Hex;
  readonly signature: Hex;
}

/** Why a record of an erasure proves nothing. */
export const ERASURE_FAULTS = {
  ERASURE_FORGED: 'the account did not sign this',
  ERASURE_NOT_OF_MEMBER: 'the account was no live operator of the member at that block',
} as const;
export type ErasureFault = keyof typeof ERASURE_FAULTS;

/** What a record of an erasure is worth. */
export interface ErasureVerdict {
  /** Null when its member said so. */
  readonly fault: ErasureFault | null;
  /** Whether the operator's acts came into doubt, since whichever block: the record's own is no more than what it says. */
  readonly inDoubt: boolean;
}
