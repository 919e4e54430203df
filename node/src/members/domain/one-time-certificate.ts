import { z } from 'zod';
import { type Hex, isHex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';

const hex = <T extends Hex>(bytes: number) =>
  z.custom<T>((value) => isHex(value, bytes), `not 0x hex of ${bytes} bytes`);

export const oneTimeCertificateSchema = z.strictObject({
  account: hex<Address>(20),
  object: hex<Hex>(32),
  member: z.int().positive(),
  signature: hex<Hex>(65),
});

/**
 * A member's word that a one-time account acts for it on one object: EIP-712 `OneTimeAccount(address account,
 * bytes32 object,uint32 member)` under ReceivableRegistry's domain, signed by an operator. Never on chain: it travels in
 * envelopes and proofs.
 */
export type OneTimeCertificate = z.infer<typeof oneTimeCertificateSchema>;
