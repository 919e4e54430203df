export { AddressRules } from './address-rules.js';
export { type Answer, type OutboundCertificates, type OutboundLimits, OutboundPost } from './outbound-post.js';
export { guardedLookup, PlaceRefused, readPlace } from './place.js';
