import { hashWords } from '../../kernel/abi-words.js';
import type { Hex } from '../../kernel/hex.js';
import { asOrderId, type OrderId } from '../../kernel/ids.js';

/** All that an order's id commits to. */
export interface OrderIdentity {
  /** OrderRegistry's EIP-712 domain separator. */
  readonly registry: Hex;
  readonly buyer: number;
  readonly supplier: number;
  /** Root of the fields of version 1. */
  readonly commitment: Hex;
  /** HMAC of the buyer's order number. */
  readonly tag: Hex;
}

/** keccak256(abi.encode(domain separator, buyer, supplier, commitment, tag)), as OrderRegistry computes it. */
export function orderIdOf({ registry, buyer, supplier, commitment, tag }: OrderIdentity): OrderId {
  return asOrderId(hashWords(registry, buyer, supplier, commitment, tag));
}
