import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { check, readJson } from './files.js';
import { bytes32, lower } from './hex.js';
import { isSealed, unsealKeys } from './sealed-keys.js';

const okp = (crv: 'Ed25519' | 'X25519') =>
  z.looseObject({ kty: z.literal('OKP'), crv: z.literal(crv), x: z.string(), d: z.string() });

/** A member's secrets. Hex values are 32 bytes. */
const memberKeysSchema = z.object({
  /** Private key of the operator's account; absent when a keystore or a remote signer has it. */
  operator: lower(bytes32).optional(),
  admin: lower(bytes32).optional(),
  seed: lower(bytes32),
  tagSecret: lower(bytes32),
  tag: lower(bytes32),
  vault: lower(bytes32),
  /** Wraps the data keys of documents; by default the vault secret does. */
  documentKey: lower(bytes32).optional(),
  messageSigning: okp('Ed25519'),
  messageEncryption: okp('X25519'),
  /**
   * Replaced and still needed: tag keys for ever, decryption keys until nobody seals to them any more, operators until what
   * was sent by them is included, document keys until `GET /v1/vault` shows no row under them.
   */
  former: z
    .object({
      operator: z.array(lower(bytes32)).optional(),
      tag: z.array(lower(bytes32)).optional(),
      messageEncryption: z.array(okp('X25519')).optional(),
      documentKey: z.array(lower(bytes32)).optional(),
    })
    .optional(),
  /** Made to replace the present one, and not used before the registry lists it and the file is switched to it. */
  next: z
    .object({
      operator: lower(bytes32).optional(),
      tag: lower(bytes32).optional(),
      messageSigning: okp('Ed25519').optional(),
      messageEncryption: okp('X25519').optional(),
    })
    .optional(),
});
export type StoredKeys = z.infer<typeof memberKeysSchema>;
/** With the operator's key among them. */
export type MemberKeys = StoredKeys & { operator: NonNullable<StoredKeys['operator']> };

/** How to read a key file. */
export interface KeyFileRules {
  readonly path: string;
  /** File with the passphrase of a sealed key file. */
  readonly passphraseFile?: string | undefined;
  /** Whether a file in the clear will do: in the embedded consortium only. */
  readonly inTheClear: boolean;
}

/** Reads and checks the key file, which only its owner may read (0600). Throws naming fields, never values. */
export function readKeyFile({ path, passphraseFile, inTheClear }: KeyFileRules): StoredKeys {
  requirePrivate(path);
  const json = readJson(path);
  if (isSealed(json)) {
    if (!passphraseFile) throw new Error(`${path} is sealed: TRADEPROOF_KEYS_PASSPHRASE_FILE must name its passphrase`);
    return check(path, unsealKeys(path, json, readPassphrase(passphraseFile)), memberKeysSchema);
  }
  if (!inTheClear)
    throw new Error(`${path} holds keys in the clear, which only the embedded consortium takes: npm run keys -- seal`);
  return check(path, json, memberKeysSchema);
}

/** The first line of a file that only its owner may read. */
export function readPassphrase(path: string): string {
  requirePrivate(path);
  const [passphrase = ''] = readFileSync(path, 'utf8').split(/\r?\n/);
  if (passphrase.length < 12) throw new Error(`${path} holds no passphrase of 12 characters or more`);
  return passphrase;
}

function requirePrivate(path: string): void {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds secrets: only its owner may read it (chmod 600)`);
}
