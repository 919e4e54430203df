import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { type BatchAnswer, isAccepted, statusInBatch } from '../../orders/domain/batch-answer.js';
import { rootFrom } from '../../orders/domain/batch-tree.js';
import type { BatchState, OrderState } from './chain-state.js';

/** Where an order stands that is no chain object of its own, and what was proven of the batch there. */
export interface BatchEvidence {
  /** Member under which the chain keeps the batch. */
  readonly buyer: number;
  readonly root: Hex;
  readonly index: number;
  /** Last second, by block time, at which it could be accepted. */
  readonly expiry: number;
  /** From its leaf to the root. */
  readonly proof: readonly Hex[];
  /** What the batch was answered with; `0x` until it is. */
  readonly bitmap: Hex;
  readonly onChain: BatchState;
}

/** Why nothing is known of an order at the place that is shown for it. */
export interface PlaceFault {
  readonly code: 'ORDER_BATCH_UNKNOWN' | 'ORDER_NOT_IN_BATCH' | 'ORDER_BATCH_INVALID_BITMAP';
  readonly message: string;
}

const NONE: Hex = `0x${'00'.repeat(32)}`;

/** By what the contract refuses to materialise an order; null when it stands in the batch, accepted or not. */
export function faultOf(order: Hex, { root, index, expiry, proof, bitmap, onChain }: BatchEvidence): PlaceFault | null {
  if (onChain.supplier === 0) return { code: 'ORDER_BATCH_UNKNOWN', message: 'Its buyer has posted no such batch.' };
  if (rootFrom({ id: order, index, expiry }, proof) !== root)
    return { code: 'ORDER_NOT_IN_BATCH', message: 'The order is not at the place of the batch that is shown.' };
  const same = onChain.answeredAt === 0 ? bitmap === '0x' : keccak256Hex(toBytes(bitmap)) === onChain.answer;
  if (same) return null;
  return { code: 'ORDER_BATCH_INVALID_BITMAP', message: 'The batch was answered otherwise than is shown.' };
}

/** Why an order that stands in a batch is not in force by its answer; null when it is, or is still open. */
export function refusalIn({ index, expiry, bitmap, onChain }: BatchEvidence): { code: string; message: string } | null {
  if (onChain.answeredAt === 0) return null;
  if (!isAccepted(bitmap, index))
    return { code: 'ORDER_NOT_ACCEPTED_IN_BATCH', message: 'The supplier answered its batch without accepting it.' };
  if (onChain.answeredAt <= expiry) return null;
  return { code: 'ORDER_LAPSED_IN_BATCH', message: 'The supplier answered its batch when the order had lapsed.' };
}

/** What its materialisation would make of the order; `status` null where the place shows nothing. */
export function stateInBatch(order: Hex, place: BatchEvidence): OrderState {
  const { bitmap, onChain } = place;
  const answer: BatchAnswer | null = onChain.answeredAt === 0 ? null : { bitmap, answeredAt: onChain.answeredAt };
  return {
    buyer: place.buyer,
    supplier: onChain.supplier,
    status: faultOf(order, place) ? null : statusInBatch(place, answer),
    framework: false,
    version: 1,
    coverVersion: 0,
    encumbered: false,
    encumberedDescendants: 0,
    entries: 0,
    commitment: null,
    head: NONE,
  };
}
