/** Tags of document identities (rule 2): who makes them, who can check them. */
export { tagPublicKey, type SignedTag } from './tags/bls.js';
export { checkFingerprint, fingerprintFalse, makeFingerprint } from './tags/fingerprint.js';
export type { InvoiceIdentity, OrderIdentity } from './tags/identity.js';
export { normaliseDate } from './tags/normalise-date.js';
export { normaliseEntity, splitEntity } from './tags/normalise-entity.js';
export { normaliseNumber } from './tags/normalise-number.js';
export { checkOrderTag, makeOrderTag, orderTagFalse } from './tags/order-tag.js';
export { postingTag } from './tags/posting-tag.js';
