import { createHmac } from 'node:crypto';
import { toBytes, toHex, type Hex } from '../../../kernel/hex.js';
import { postingMessage } from './identity.js';

/**
 * The tag that a posted order carries: HMAC-SHA-256 under the buyer's tag secret over its normalised order number
 * (DESIGN.md §3). Only the buyer can make or check it, and posting stays free of curve arithmetic.
 */
export function postingTag(tagSecret: Hex, registry: Hex, number: string): Hex {
  return toHex(createHmac('sha256', toBytes(tagSecret)).update(postingMessage(registry, number)).digest());
}
