import { readFileSync, statSync } from 'node:fs';
import { decryptKeystoreJsonSync, isKeystoreJson } from 'ethers';
import { type Config, readPassphrase, type StoredKeys } from '../config/index.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import type { Account } from './account.js';
import { requireSecret } from './development-keys.js';
import { LocalAccount } from './local-account.js';
import { Web3SignerAccount } from './web3signer-account.js';

type Source = Pick<Config, 'operatorKeystore' | 'keysPassphraseFile' | 'signerUrl' | 'signerPublicKey' | 'embedded'>;
type OtherSources = Source & Pick<Config, 'operatorOtherKeystores' | 'signerOtherPublicKeys'>;

/** The operator's account, from the one place that the settings name. Throws when it is none, or more than one. */
export function openOperator(config: Source, keys: Pick<StoredKeys, 'operator'>): Account {
  const { operatorKeystore, signerUrl, signerPublicKey } = config;
  if ([keys.operator, operatorKeystore, signerUrl].filter(Boolean).length !== 1)
    throw new Error('the operator’s key must be in exactly one place: key file, keystore or signer');
  if (signerUrl) {
    if (!signerPublicKey) throw new Error('a signer needs TRADEPROOF_SIGNER_PUBLIC_KEY');
    return atSigner(config, signerPublicKey);
  }
  return local(config, keys.operator ? toBytes(keys.operator) : openKeystore(config, operatorKeystore!));
}

/** The operator that comes next, and former ones, in whatever place. Throws for a key that everybody knows. */
export function openOtherOperators(config: OtherSources, keys: Pick<StoredKeys, 'former' | 'next'>): Account[] {
  const { signerUrl, signerOtherPublicKeys, operatorOtherKeystores } = config;
  if (signerOtherPublicKeys.length > 0 && !signerUrl) throw new Error('keys at a signer need TRADEPROOF_SIGNER_URL');
  const inFile = [...(keys.next?.operator ? [keys.next.operator] : []), ...(keys.former?.operator ?? [])];
  return [
    ...inFile.map((key) => local(config, toBytes(key))),
    ...operatorOtherKeystores.map((path) => local(config, openKeystore(config, path))),
    ...signerOtherPublicKeys.map((key) => atSigner(config, key)),
  ];
}

function local(config: Source, key: Uint8Array): Account {
  return secret(config, new LocalAccount(key));
}

function atSigner(config: Source, publicKey: string): Account {
  return secret(config, new Web3SignerAccount(config.signerUrl!, publicKey.toLowerCase() as Hex));
}

/** A key that everybody knows is nobody's, wherever it lies. */
function secret({ embedded }: Source, account: Account): Account {
  if (!embedded) requireSecret(account.address);
  return account;
}

function openKeystore({ keysPassphraseFile }: Source, path: string): Uint8Array {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new Error(`${path} holds a secret: only its owner may read it (chmod 600)`);
  if (!keysPassphraseFile) throw new Error('a keystore needs TRADEPROOF_KEYS_PASSPHRASE_FILE');
  const json = readFileSync(path, 'utf8');
  if (!isKeystoreJson(json)) throw new Error(`${path} is no Web3 Secret Storage file`);
  const passphrase = readPassphrase(keysPassphraseFile);
  try {
    return toBytes(decryptKeystoreJsonSync(json, passphrase).privateKey as Hex);
  } catch {
    throw new Error(`${path} does not open: the passphrase is wrong, or the file was changed`);
  }
}
