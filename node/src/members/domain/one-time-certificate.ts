import { z } from 'zod';
import { hex32, hexOf } from '../../kernel/hex-schema.js';
import type { Address } from '../../kernel/ids.js';

export const oneTimeCertificateSchema = z.strictObject({
  account: hexOf<Address>(20),
  object: hex32,
  member: z.int().positive(),
  signature: hexOf(65),
});

/**
 * A member's word that a one-time account acts for it on one object: EIP-712 `OneTimeAccount(address account,
 * bytes32 object,uint32 member)` under ReceivableRegistry's domain, signed by an operator. Never on chain: it travels in
 * envelopes and proofs.
 */
export type OneTimeCertificate = z.infer<typeof oneTimeCertificateSchema>;
