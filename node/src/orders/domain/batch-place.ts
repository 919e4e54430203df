import type { Hex } from '../../kernel/hex.js';
import { rootFrom } from './batch-tree.js';
import { orderIdOf } from './order-id.js';

/** Where an order stands in a batch, with the proof that it does: what its materialisation takes beside the answer. */
export interface BatchPlace {
  /** Member that posted the batch. */
  readonly buyer: number;
  readonly root: Hex;
  readonly index: number;
  /** Last second, by block time, at which it could be accepted. */
  readonly expiry: number;
  readonly commitment: Hex;
  readonly tag: Hex;
  /** From its leaf to the root. */
  readonly proof: readonly Hex[];
}

/** Most nodes between a leaf and the root of a batch. */
export const LONGEST_PLACE_PROOF = 14;

/** Whether this order, and no other, stands at the place; `registry` is OrderRegistry's domain separator. */
export function standsAt(order: Hex, place: BatchPlace, registry: Hex, supplier: number): boolean {
  const { buyer, root, index, expiry, commitment, tag, proof } = place;
  return (
    orderIdOf({ registry, buyer, supplier, commitment, tag }) === order &&
    rootFrom({ id: order, index, expiry }, proof) === root
  );
}
