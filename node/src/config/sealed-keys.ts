import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';

const FORM = 'tradeproof/sealed-keys/1';
/** 128 MiB and about half a second a try: what Web3 Secret Storage files ask for too. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MAX_MEMORY = 256 * 2 ** 20;

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);
const sealedSchema = z.strictObject({
  form: z.literal(FORM),
  // Bounds, so that a file from elsewhere cannot make the process take all memory, nor be cheap to guess.
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.literal(COST.N),
    r: z.literal(COST.r),
    p: z.literal(COST.p),
    salt: base64,
  }),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  ciphertext: base64,
});
export type SealedKeys = z.infer<typeof sealedSchema>;

/** Whether a key file's JSON says of itself that it is sealed. */
export function isSealed(json: unknown): boolean {
  return typeof json === 'object' && json !== null && (json as { form?: unknown }).form === FORM;
}

/** Seals secrets under a passphrase: scrypt, then AES-256-GCM. */
export function sealKeys(keys: unknown, passphrase: string): SealedKeys {
  const [salt, nonce] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce).setAAD(Buffer.from(FORM));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(keys), 'utf8'), cipher.final()]).toString('base64');
  const kdf = { name: 'scrypt' as const, ...COST, salt: salt.toString('base64') };
  const tag = cipher.getAuthTag().toString('base64');
  return { form: FORM, kdf, cipher: 'aes-256-gcm', nonce: nonce.toString('base64'), tag, ciphertext };
}

/** Opens what {@link sealKeys} made. Throws naming the path, whatever the cause. */
export function unsealKeys(path: string, json: unknown, passphrase: string): unknown {
  const parsed = sealedSchema.safeParse(json);
  if (!parsed.success) throw new Error(`${path} is not a sealed key file that this version knows`);
  const { kdf, nonce, tag, ciphertext } = parsed.data;
  try {
    const key = keyOf(passphrase, Buffer.from(kdf.salt, 'base64'));
    const options = { authTagLength: 16 };
    const opener = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), options);
    opener.setAAD(Buffer.from(FORM)).setAuthTag(Buffer.from(tag, 'base64'));
    const plain = Buffer.concat([opener.update(Buffer.from(ciphertext, 'base64')), opener.final()]);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    throw new Error(`${path} does not open: the passphrase is wrong, or the file was changed`);
  }
}

function keyOf(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase.normalize('NFC'), salt, 32, { ...COST, maxmem: MAX_MEMORY });
}
