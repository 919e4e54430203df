import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { SecretKey } from '@chainsafe/blst';
import { Wallet } from 'ethers';
import { generateApiKey } from '../../node/src/auth/api-key.js';
import type { MemberKeys } from '../../node/src/config/index.js';
import type { DataDir } from './data-dir.js';

const random32 = (): `0x${string}` => `0x${randomBytes(32).toString('hex')}`;

function okp(type: 'ed25519' | 'x25519') {
  const pair = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return pair.privateKey.export({ format: 'jwk' });
}

/** Fresh secrets of a member, from the system's random source. */
export function makeMemberKeys(): MemberKeys {
  const tag = SecretKey.fromKeygen(randomBytes(32)).toBytes();
  return {
    operator: random32(),
    admin: random32(),
    seed: random32(),
    tagSecret: random32(),
    tag: `0x${Buffer.from(tag).toString('hex')}`,
    vault: random32(),
    messageSigning: okp('ed25519') as MemberKeys['messageSigning'],
    messageEncryption: okp('x25519') as MemberKeys['messageEncryption'],
  };
}

/** The key file of a member of the embedded consortium, made at its first start and kept. */
export function loadOrMakeKeys(dir: DataDir, name: string): { path: string; keys: MemberKeys } {
  const path = dir.node(name, 'keys.json');
  const found = dir.read<MemberKeys>(path);
  if (found) return { path, keys: found };
  const keys = makeMemberKeys();
  dir.write(path, keys);
  return { path, keys };
}

/** API key of a member's desk, made once; the node takes it in from this file and keeps only its hash. */
export function loadOrMakeApiKey(dir: DataDir, name: string): { path: string; apiKey: string } {
  const path = dir.node(name, 'api-key');
  if (!existsSync(path)) dir.write(path, generateApiKey().text);
  return { path, apiKey: readFileSync(path, 'utf8') };
}

export interface PublicKeys {
  readonly operator: string;
  readonly admin: string;
  /** Kind (1 message signing, 2 message encryption, 3 tag) and public key, as the member registry lists them. */
  readonly keys: readonly { kind: number; publicKey: string }[];
}

/** What of a member's keys goes on chain. */
export function publicKeysOf(keys: MemberKeys): PublicKeys {
  const hex = (base64url: string) => `0x${Buffer.from(base64url, 'base64url').toString('hex')}`;
  const tag = SecretKey.fromBytes(Buffer.from(keys.tag.slice(2), 'hex'))
    .toPublicKey()
    .toBytes(true);
  return {
    operator: new Wallet(keys.operator).address,
    admin: new Wallet(keys.admin ?? keys.operator).address,
    keys: [
      { kind: 1, publicKey: hex(keys.messageSigning.x) },
      { kind: 2, publicKey: hex(keys.messageEncryption.x) },
      { kind: 3, publicKey: `0x${Buffer.from(tag).toString('hex')}` },
    ],
  };
}
