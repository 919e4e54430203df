import { existsSync } from 'node:fs';
import { readKeyFile, readPassphrase, sealKeys, type StoredKeys } from '../../node/src/config/index.js';
import { writeWhole } from '../lib/write-whole.js';

/** Where a member's key file and its passphrase lie. */
export interface SecretsPlace {
  readonly path: string;
  readonly passphraseFile: string;
}

/** A member's secrets, from a key file that may still lie in the clear. Throws naming paths and fields, never values. */
export function readSecrets({ path, passphraseFile }: SecretsPlace): StoredKeys {
  return readKeyFile({ path, passphraseFile, inTheClear: true });
}

/** Seals the secrets under the passphrase and puts them in the file's place: whole or not at all. */
export function writeSecrets({ path, passphraseFile }: SecretsPlace, keys: StoredKeys): void {
  const sealed = sealKeys(keys, readPassphrase(passphraseFile));
  writeWhole(
    path,
    `${JSON.stringify(sealed, null, 2)}
`,
    0o600,
  );
}

/** Throws when the file is there: keys are never overwritten by new ones. */
export function requireNew(path: string): void {
  if (existsSync(path)) throw new Error(`${path} is there already; what it holds could not be made again`);
}
