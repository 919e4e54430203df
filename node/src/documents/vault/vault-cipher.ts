import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { defineProblem } from '../../kernel/problem.js';
import type { NodeKey, NodeKeys } from './node-keys.js';

const CIPHER = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

const vaultKeyMissing = defineProblem({
  code: 'VAULT_KEY_MISSING',
  status: 503,
  lasting: true,
  title: 'What was asked for is wrapped under a key that this node was not given',
});

/** A data key as it is stored. */
export interface WrappedKey {
  /** Id of the node key; null for the first one, of rows from before there were ids. */
  readonly nodeKey: string | null;
  readonly wrappedKey: Buffer;
}

/** A document at rest: its own key, wrapped under the node's, and what that key encrypts. */
export interface Sealed extends WrappedKey {
  readonly payload: Buffer;
}

/**
 * Encrypts each document under a key of its own (AES-256-GCM), which a key of the node wraps. Both are bound to the
 * document's identity, so that no row can stand in for another, whoever writes to the table.
 */
export class VaultCipher {
  private readonly keys: ReadonlyMap<string, NodeKey>;

  constructor(private readonly nodeKeys: NodeKeys) {
    const { current, former } = nodeKeys;
    this.keys = new Map([current, ...former].map((key) => [key.id, key]));
  }

  /** Id of the key that new data keys are wrapped under. */
  get current(): string {
    return this.nodeKeys.current.id;
  }

  /** Ids of the keys that it replaced and that this node still has. */
  get former(): string[] {
    return this.nodeKeys.former.map(({ id }) => id);
  }

  /** Id of the key that rows without one are wrapped under. */
  get first(): string {
    return this.nodeKeys.first.id;
  }

  seal(identity: string, content: Uint8Array): Sealed {
    const key = randomBytes(32);
    return { ...this.wrap(identity, key), payload: encrypt(createSecretKey(key), `document:${identity}`, content) };
  }

  /** Throws when the row was altered or moved; VAULT_KEY_MISSING when this node lacks the key that it was sealed under. */
  open(identity: string, sealed: Sealed): Buffer {
    return decrypt(createSecretKey(this.unwrap(identity, sealed)), `document:${identity}`, sealed.payload);
  }

  /** The same data key under the current key of the node. Throws as {@link open} does. */
  rewrap(identity: string, wrapped: WrappedKey): WrappedKey {
    return this.wrap(identity, this.unwrap(identity, wrapped));
  }

  private wrap(identity: string, key: Buffer): WrappedKey {
    const { id, key: under } = this.nodeKeys.current;
    return { nodeKey: id, wrappedKey: encrypt(under, `key:${identity}`, key) };
  }

  private unwrap(identity: string, { nodeKey, wrappedKey }: WrappedKey): Buffer {
    const under = nodeKey === null ? this.nodeKeys.first : this.keys.get(nodeKey);
    if (!under) throw vaultKeyMissing(`node key ${nodeKey} is not among this node's`, { nodeKey });
    return decrypt(under.key, `key:${identity}`, wrappedKey);
  }
}

// Keys as KeyObject: given as bytes, making the cipher takes three times as long.

/** Nonce, tag and ciphertext, in this order. Nonces are random: no key encrypts more than some documents' keys. */
function encrypt(key: KeyObject, aad: string, content: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(aad));
  const body = [cipher.update(content), cipher.final()];
  return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
}

function decrypt(key: KeyObject, aad: string, stored: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, stored.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(aad)).setAuthTag(stored.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(stored.subarray(NONCE + TAG)), decipher.final()]);
}
