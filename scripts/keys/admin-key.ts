import { readFileSync } from 'node:fs';
import { decryptKeystoreJson, Transaction, Wallet } from 'ethers';
import { readPassphrase } from '../../node/src/config/index.js';
import { makeKeystore } from '../lib/keystore.js';
import { writeWhole } from '../lib/write-whole.js';
import { requireNew } from './secrets-file.js';

/** Where the admin key lies: a Web3 Secret Storage file, on no node. */
export interface AdminPlace {
  readonly keystore: string;
  readonly passphraseFile: string;
}

/** Makes the member's admin key; its account. */
export async function makeAdminKey({ keystore, passphraseFile }: AdminPlace): Promise<string> {
  requireNew(keystore);
  const { address, privateKey } = Wallet.createRandom();
  writeWhole(keystore, await makeKeystore(address, privateKey, readPassphrase(passphraseFile)), 0o600);
  return address.toLowerCase();
}

/** A transaction to a registry, as a node that has not the admin key says that it must be: see ADMIN_KEY_COLD. */
export interface AdminTransaction {
  readonly to: string;
  readonly data: string;
  readonly chainId: number;
  readonly nonce: number;
}

/** Far more than any act of an admin takes. */
const GAS_LIMIT = 1_000_000;

/** Signs without any network; any endpoint of the chain takes the raw transaction (eth_sendRawTransaction). */
export async function signAsAdmin(place: AdminPlace, { to, data, chainId, nonce }: AdminTransaction): Promise<string> {
  const transaction = Transaction.from({ type: 0, to, data, chainId, nonce, gasLimit: GAS_LIMIT, gasPrice: 0n });
  return new Wallet(await privateKey(place)).signTransaction(transaction);
}

async function privateKey({ keystore, passphraseFile }: AdminPlace): Promise<string> {
  const [json, passphrase] = [readFileSync(keystore, 'utf8'), readPassphrase(passphraseFile)];
  try {
    return (await decryptKeystoreJson(json, passphrase)).privateKey;
  } catch {
    throw new Error(`${keystore} does not open: the passphrase is wrong, or it is no Web3 Secret Storage file`);
  }
}
