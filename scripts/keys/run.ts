import type { StoredKeys } from '../../node/src/config/index.js';
import { makeMemberKeys } from '../consortium/keys.js';
import { isSameFile } from '../lib/same-file.js';
import { type AdminPlace, makeAdminKey, signAsAdmin } from './admin-key.js';
import { forgetDocumentKeys, replaceDocumentKey } from './document-keys.js';
import { publicParts } from './public-parts.js';
import { discard, parseRotated, prepare, switchTo } from './rotation.js';
import { readSecrets, requireNew, type SecretsPlace, writeSecrets } from './secrets-file.js';

export interface KeysOptions {
  readonly 'keys-file'?: string | undefined;
  readonly 'passphrase-file'?: string | undefined;
  readonly 'admin-keystore'?: string | undefined;
  readonly to?: string | undefined;
  readonly data?: string | undefined;
  readonly 'chain-id'?: string | undefined;
  readonly nonce?: string | undefined;
}

/** What the backup made before does not hold. */
const CHANGED =
  'the key file has changed: back it up again, in both places, before you restart or register anything; what it holds cannot be made again';

/** What backups of the database still need, the key file's newest copy does not hold. */
const FORGOTTEN =
  'the key file has changed: back it up again, and keep the copies of before, in both places, as long as you keep a backup or archived WAL of the database from before GET /v1/vault said CURRENT; nothing else opens the documents in it';

/**
 * Carries out one command; what is to be printed, which never holds a secret. `tell` is given what whoever ran it must do
 * next. Throws with what to do.
 */
export async function runKeys(
  [command, kind]: readonly string[],
  options: KeysOptions,
  tell: (text: string) => void = () => undefined,
): Promise<string> {
  requireApart(options);
  const change = (place: SecretsPlace, how: (keys: StoredKeys) => StoredKeys, told = CHANGED): string => {
    const keys = how(readSecrets(place));
    writeSecrets(place, keys);
    tell(told);
    return show(keys);
  };
  switch (command) {
    case 'new':
      return create(secrets(options), admin(options));
    case 'seal':
      return change(secrets(options), (keys) => keys);
    case 'show':
      return show(readSecrets(secrets(options)));
    case 'next':
      return change(secrets(options), (keys) => prepare(keys, parseRotated(kind)));
    case 'switch':
      return change(secrets(options), (keys) => switchTo(keys, parseRotated(kind)));
    case 'discard':
      return change(secrets(options), (keys) => discard(keys, parseRotated(kind)));
    case 'replace-documents':
      return change(secrets(options), replaceDocumentKey);
    case 'forget-documents':
      return change(secrets(options), forgetDocumentKeys, FORGOTTEN);
    case 'sign':
      return signAsAdmin(admin(options), {
        to: given(options, 'to'),
        data: given(options, 'data'),
        chainId: whole(given(options, 'chain-id')),
        nonce: whole(given(options, 'nonce')),
      });
    default:
      throw new Error(`no command '${command}': see --help`);
  }
}

async function create(place: SecretsPlace, adminPlace: AdminPlace): Promise<string> {
  requireNew(place.path);
  const { admin: _, ...keys } = makeMemberKeys();
  const account = await makeAdminKey(adminPlace);
  // Once more: on a disk that tells no capitals apart two names may be one file, and hold the admin key by now.
  requireNew(place.path);
  writeSecrets(place, keys);
  return JSON.stringify({ admin: account, ...publicParts(keys) }, null, 2);
}

function show({ next, ...keys }: StoredKeys): string {
  return JSON.stringify({ ...publicParts(keys), ...(next && { next: publicParts(next) }) }, null, 2);
}

/** Throws when two options name one file: what is written last would be all that is left of what cannot be made again. */
function requireApart(options: KeysOptions): void {
  const names = (['keys-file', 'passphrase-file', 'admin-keystore'] as const).filter((name) => options[name]);
  for (const [i, name] of names.entries())
    for (const other of names.slice(i + 1))
      if (isSameFile(options[name]!, options[other]!)) throw new Error(`--${name} and --${other} name one file`);
}

const secrets = (options: KeysOptions): SecretsPlace => ({
  path: given(options, 'keys-file'),
  passphraseFile: given(options, 'passphrase-file'),
});

const admin = (options: KeysOptions): AdminPlace => ({
  keystore: given(options, 'admin-keystore'),
  passphraseFile: given(options, 'passphrase-file'),
});

function given(options: KeysOptions, name: keyof KeysOptions): string {
  const value = options[name];
  if (!value) throw new Error(`--${name} is missing`);
  return value;
}

function whole(text: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw new Error(`${JSON.stringify(text)} is no number`);
  return Number(text);
}
