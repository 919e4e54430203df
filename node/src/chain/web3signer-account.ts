import { defineProblem, Problem } from '../kernel/problem.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256 } from '../kernel/keccak.js';
import { addressOfPublicKey, recoverAddress } from '../kernel/recover.js';
import type { Account, SignedTransaction, TransactionRequest } from './account.js';
import { LegacyTransaction } from './legacy-transaction.js';
import { GROUP_ORDER } from './signer.js';

const signerUnavailable = defineProblem({
  code: 'SIGNER_UNAVAILABLE',
  status: 503,
  title: 'The signer that holds the operator’s key does not answer as it should',
});

/** It stands beside the node: one that takes longer is as good as down, and a unit of work may be waiting. */
const WITHIN_MS = 3_000;
const SIGNATURE = /^0x[0-9a-f]{128}(00|01|1b|1c)$/;

/**
 * An account whose key is in Web3Signer (`POST /api/v1/eth1/sign/{public key}`), which hashes what it is given and signs.
 * What comes back is believed only when it recovers to the account.
 */
export class Web3SignerAccount implements Account {
  readonly address: Address;
  readonly object = null;
  readonly #url: URL;

  /** `publicKey`: 64 bytes, without the prefix 04. */
  constructor(url: string, publicKey: Hex) {
    this.address = addressOfPublicKey(Buffer.concat([Uint8Array.of(4), toBytes(publicKey)]));
    this.#url = new URL(`api/v1/eth1/sign/${publicKey}`, url.endsWith('/') ? url : `${url}/`);
  }

  async signTransaction(request: TransactionRequest): Promise<SignedTransaction> {
    const transaction = new LegacyTransaction(request);
    const signature = toBytes(await this.signMessage(transaction.unsigned()));
    return transaction.signed({ compact: signature.subarray(0, 64), bit: signature[64]! - 27 });
  }

  async signMessage(message: Uint8Array): Promise<Hex> {
    const signature = lowS(toBytes(await this.ask(toHex(message))));
    const signer = recoverAddress(keccak256(message), signature);
    if (signer !== this.address) throw unavailable('it signed with another key');
    return toHex(signature);
  }

  private async ask(data: Hex): Promise<Hex> {
    let text: string;
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': 'application/json', accept: 'text/plain' },
        body: JSON.stringify({ data }),
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      if (!response.ok) throw unavailable(`it answers with status ${response.status}`);
      text = (await response.text()).trim().toLowerCase();
    } catch (error) {
      // Its URL may hold credentials: neither it nor the library's message is passed on.
      if (error instanceof Problem) throw error;
      throw unavailable('it cannot be reached');
    }
    if (!SIGNATURE.test(text)) throw unavailable('it answers with no signature');
    return text as Hex;
  }
}

const unavailable = (detail: string): Problem => signerUnavailable(detail, { retryAfterSeconds: 5 });

/** r, s, v with s in the lower half (vaults and HSMs do not care) and v 27 or 28. */
function lowS(signature: Uint8Array): Buffer {
  const [r, s] = [signature.subarray(0, 32), BigInt(toHex(signature.subarray(32, 64)))];
  const bit = signature[64]! % 27;
  const high = s > GROUP_ORDER / 2n;
  const low = (high ? GROUP_ORDER - s : s).toString(16).padStart(64, '0');
  return Buffer.concat([r, Buffer.from(low, 'hex'), Uint8Array.of(27 + (high ? 1 - bit : bit))]);
}
