import type { Hex } from '../../kernel/hex.js';
import type { SignedTag } from '../../members/domain/tags.js';

export type { SignedTag };

/** A buyer's word on the tags of one of its orders (rule 2), one for each of its tag keys in the order of their numbers. */
export interface OrderTags {
  readonly order: Hex;
  /** Operator of the buyer that signed. */
  readonly account: Hex;
  /** EIP-712 `OrderTag(bytes32 order,bytes32[] tags)` under ReceivableRegistry's domain. */
  readonly signature: Hex;
  readonly tags: readonly SignedTag[];
}

/** Whether both are the same word on the same tags; their signatures follow from the tags. */
export function isSameWord(one: OrderTags, other: OrderTags): boolean {
  const signed = one.account === other.account && one.signature === other.signature;
  return signed && one.tags.map(({ tag }) => tag).join() === other.tags.map(({ tag }) => tag).join();
}
