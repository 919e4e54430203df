import { Wallet } from 'ethers';
import type { StoredKeys } from '../../node/src/config/index.js';
import type { Hex } from '../../node/src/kernel/hex.js';
import { tagPublicKey } from '../../node/src/members/domain/tags.js';
import type { Rotated } from './rotation.js';

type Held = Partial<Pick<StoredKeys, 'operator' | 'messageSigning' | 'messageEncryption' | 'tag'>>;

/** What the registry lists of keys: an account for the operator, public keys for the others; undefined for one that is not there. */
export function publicParts(keys: Held): Record<Rotated, string | undefined> {
  return {
    operator: keys.operator && new Wallet(keys.operator).address.toLowerCase(),
    signing: keys.messageSigning && hex(keys.messageSigning.x),
    encryption: keys.messageEncryption && hex(keys.messageEncryption.x),
    tag: keys.tag && tagPublicKey(keys.tag as Hex),
  };
}

const hex = (base64url: string): string => `0x${Buffer.from(base64url, 'base64url').toString('hex')}`;
