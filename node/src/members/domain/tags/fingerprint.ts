import type { Hex } from '../../../kernel/hex.js';
import { defineProblem } from '../../../kernel/problem.js';
import { signTag, verifyTag, type SignedTag } from './bls.js';
import { invoiceMessage, type InvoiceIdentity } from './identity.js';

export const fingerprintFalse = defineProblem({
  code: 'FINGERPRINT_FALSE',
  status: 422,
  title: 'The fingerprint is not the one of this invoice under its obligor’s tag key',
  rule: '2',
});

/** The invoice's fingerprint (rule 2) under one tag secret of its obligor. */
export function makeFingerprint(secret: Hex, registry: Hex, invoice: InvoiceIdentity): SignedTag {
  return signTag(secret, invoiceMessage(registry, invoice));
}

/** Refuses with FINGERPRINT_FALSE unless `signed` is this invoice's fingerprint under the obligor's tag key `publicKey`. */
export function checkFingerprint(publicKey: Hex, registry: Hex, invoice: InvoiceIdentity, signed: SignedTag): void {
  if (verifyTag(publicKey, invoiceMessage(registry, invoice), signed)) return;
  throw fingerprintFalse('the fingerprint was made for another invoice or by another key', {
    fingerprint: signed.tag,
    tagKey: publicKey,
  });
}
