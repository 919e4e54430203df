import type { Hex } from '../../../kernel/hex.js';
import { defineProblem } from '../../../kernel/problem.js';
import { signTag, verifyTag, type SignedTag } from './bls.js';
import { orderMessage, type OrderIdentity } from './identity.js';

export const orderTagFalse = defineProblem({
  code: 'ORDER_TAG_FALSE',
  status: 422,
  title: 'The tag is not the one of this purchase order under its buyer’s tag key',
  rule: '2',
});

/** The purchase order's tag (rule 2), taken by the first encumbrance in its lineage, under the buyer's tag secret. */
export function makeOrderTag(secret: Hex, registry: Hex, order: OrderIdentity): SignedTag {
  return signTag(secret, orderMessage(registry, order));
}

/** Refuses with ORDER_TAG_FALSE unless `signed` is this order's tag under the buyer's tag key `publicKey`. */
export function checkOrderTag(publicKey: Hex, registry: Hex, order: OrderIdentity, signed: SignedTag): void {
  if (verifyTag(publicKey, orderMessage(registry, order), signed)) return;
  throw orderTagFalse('the order tag was made for another order or by another key', {
    tag: signed.tag,
    tagKey: publicKey,
  });
}
