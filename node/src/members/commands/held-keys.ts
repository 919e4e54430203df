import type { StoredKeys } from '../../config/index.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import type { KeyKind } from '../domain/key-kinds.js';
import { tagPublicKey } from '../domain/tags.js';

/** Public keys of one kind whose secrets lie in the key file: the present one, the next one, former ones. */
export function heldKeys(kind: KeyKind, { former, next, ...present }: StoredKeys): Hex[] {
  const all = <T>(one: T, coming: T | undefined, replaced: readonly T[] = []): T[] =>
    coming === undefined ? [one, ...replaced] : [one, coming, ...replaced];
  switch (kind) {
    case 'MESSAGE_SIGNING':
      return all(present.messageSigning, next?.messageSigning).map(publicKeyOf);
    case 'MESSAGE_ENCRYPTION':
      return all(present.messageEncryption, next?.messageEncryption, former?.messageEncryption).map(publicKeyOf);
    case 'TAG':
      return all(present.tag, next?.tag, former?.tag).map(tagPublicKey);
  }
}

const publicKeyOf = ({ x }: { x: string }): Hex => toHex(Buffer.from(x, 'base64url'));
