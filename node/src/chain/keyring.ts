import { createHmac } from 'node:crypto';
import type { StoredKeys } from '../config/index.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Account } from './account.js';
import { LocalAccount } from './local-account.js';
import { GROUP_ORDER, word } from './signer.js';

const ONE_TIME = 'tradeproof/one-time/v1';

/** This member's accounts: its operator, its admin if the key is here, and a one-time account for each object. */
export class Keyring {
  readonly operator: Account;
  /** Usually kept cold; present in the embedded consortium. */
  readonly admin: LocalAccount | null;
  readonly #seed: Buffer;
  // Deriving one costs a public key (50 to 100 microseconds): worth keeping, and few enough to be kept.
  readonly #byObject = new Map<Hex, LocalAccount>();
  readonly #byAddress = new Map<Address, Account>();

  /**
   * `operator`: its account; by default the one that the key file has the key of. `others`: the one that comes next, and
   * former ones, whose transactions may still be on their way.
   */
  constructor(
    keys: Pick<StoredKeys, 'operator' | 'admin' | 'seed'>,
    operator: Account = new LocalAccount(toBytes(keys.operator ?? '0x')),
    others: readonly Account[] = [],
  ) {
    this.operator = operator;
    this.admin = keys.admin ? new LocalAccount(toBytes(keys.admin)) : null;
    this.#seed = toBytes(keys.seed);
    for (const account of [...others, this.operator, this.admin])
      if (account) this.#byAddress.set(account.address, account);
  }

  /** Whether the key of this account, the operator's, the admin's or another operator's, is at hand. */
  has(address: Address): boolean {
    return this.#byAddress.get(address)?.object === null;
  }

  /**
   * The account under which this member acts on `object` unseen: HMAC-SHA-256(seed, "tradeproof/one-time/v1" and the
   * object's 32 bytes), modulo the group's order. The same on each of the member's processes.
   */
  oneTime(object: Hex): LocalAccount {
    const known = this.#byObject.get(object);
    if (known) return known;
    const digest = createHmac('sha256', this.#seed).update(ONE_TIME).update(toBytes(object)).digest('hex');
    const account = new LocalAccount(word(BigInt(`0x${digest}`) % GROUP_ORDER), object);
    this.#byObject.set(object, account);
    this.#byAddress.set(account.address, account);
    return account;
  }

  /** The account with this address: an operator, the admin, or a one-time account asked for before. Throws for another. */
  account(address: Address): Account {
    const account = this.#byAddress.get(address);
    if (!account) throw new Error(`no key for account ${address} in this keyring`);
    return account;
  }
}
