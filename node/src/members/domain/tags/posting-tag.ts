import { createHmac, type KeyObject } from 'node:crypto';
import { toHex, type Hex } from '../../../kernel/hex.js';
import { postingMessage } from './identity.js';

/**
 * The tag that a posted order carries: HMAC-SHA-256 under the buyer's tag secret over its normalised order number
 * (DESIGN.md §3). Only the buyer can make or check it, and posting stays free of curve arithmetic. The secret comes as a KeyObject: given as
 * bytes, making the HMAC takes six times as long.
 */
export function postingTag(tagSecret: KeyObject, registry: Hex, number: string): Hex {
  return toHex(createHmac('sha256', tagSecret).update(postingMessage(registry, number)).digest());
}
