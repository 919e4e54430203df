import type { Hex } from '../../kernel/hex.js';
import type { SignedTag } from '../../members/domain/tags.js';

export type { SignedTag };

/** A tag; with the signature that opens it where whoever has it is to check it against the document's number. */
export type KnownTag = Pick<SignedTag, 'tag'> & Partial<SignedTag>;

/** A buyer's word on the tags of one of its orders (rule 2), one for each of its tag keys in the order of their numbers. */
export interface OrderTags {
  readonly order: Hex;
  /** Operator of the buyer that signed. */
  readonly account: Hex;
  /** EIP-712 `OrderTag(bytes32 order,bytes32[] tags)` under ReceivableRegistry's domain. */
  readonly signature: Hex;
  readonly tags: readonly KnownTag[];
}

/** Whether both are the same word on the same tags; their signatures follow from the tags. */
export function isSameWord(one: OrderTags, other: OrderTags): boolean {
  const signed = one.account === other.account && one.signature === other.signature;
  return signed && one.tags.map(({ tag }) => tag).join() === other.tags.map(({ tag }) => tag).join();
}

/**
 * The same word without what opens its tags, for whom the order's number is not (docs/adr/0015): with a signature and the buyer's listed
 * key any guess at the number can be tried.
 */
export function withoutProof({ tags, ...word }: OrderTags): OrderTags {
  return { ...word, tags: tags.map(({ tag }) => ({ tag })) };
}

/** A word with what is known already of what opens its tags. */
export function withProof(word: OrderTags, known: OrderTags | undefined): OrderTags {
  const signatures = new Map(known?.tags.map(({ tag, signature }) => [tag, signature]));
  const tags = word.tags.map(({ tag, signature = signatures.get(tag) }) => ({ tag, ...(signature && { signature }) }));
  return { ...word, tags };
}
