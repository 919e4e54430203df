import type { ContractName } from '../kernel/contract-events.generated.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256Hex } from '../kernel/keccak.js';
import { recoverAddress } from '../kernel/recover.js';
import type { Account } from './account.js';
import type { Consent } from './consent.js';
import type { RegistryDomains } from './registry-domains.js';
import { hashStruct, typedDataDigest, typeHash } from './typed-data.js';

const CONSENT = typeHash(
  'Consent(bytes32 object,bytes32 act,bytes32 details,bytes32 nonce,uint64 deadline,uint64 coverVersion)',
);
const ONE_TIME_ACCOUNT = typeHash('OneTimeAccount(address account,bytes32 object,uint32 member)');
const GRANT_APPROVAL = typeHash('GrantApproval(bytes32 grant,bytes32 commitment)');
const ORDER_TAG = typeHash('OrderTag(bytes32 order,bytes32[] tags)');

/** A consent's `act`: keccak256 of the act's name, e.g. `RESERVE`. */
export function consentAct(name: string): Hex {
  return keccak256Hex(name);
}

/** Signed statements under a registry's domain, as the contracts and other members' nodes check them. */
export class Consents {
  constructor(private readonly domains: RegistryDomains) {}

  /** Digest of a consent to be given to `registry`. */
  hash(registry: ContractName, consent: Consent): Hex {
    const { object, act, details, nonce, deadline, coverVersion } = consent;
    const values = [object, act, details, nonce, deadline, coverVersion];
    return typedDataDigest(this.domains.of(registry), hashStruct(CONSENT, values));
  }

  /** The account's signature: 65 bytes, low s. */
  sign(account: Account, registry: ContractName, consent: Consent): Hex {
    return account.signDigest(this.hash(registry, consent));
  }

  /** Whether `signer`, an account with a key, signed it. Contract accounts (ERC-1271) are judged by the chain alone. */
  verify(signer: Address, registry: ContractName, consent: Consent, signature: Hex): boolean {
    return recoverAddress(toBytes(this.hash(registry, consent)), toBytes(signature)) === signer;
  }

  /** Digest by which a member's operator certifies that a one-time account acts for it on one object. */
  oneTimeAccountHash(certificate: { account: Address; object: Hex; member: number }): Hex {
    const { account, object, member } = certificate;
    const struct = hashStruct(ONE_TIME_ACCOUNT, [account, object, member]);
    return typedDataDigest(this.domains.of('ReceivableRegistry'), struct);
  }

  /** Digest by which an owner's operator agrees to a grant that the other owner makes. */
  grantApprovalHash({ grant, commitment }: { grant: Hex; commitment: Hex }): Hex {
    return typedDataDigest(this.domains.of('AccessGrants'), hashStruct(GRANT_APPROVAL, [grant, commitment]));
  }

  /** Digest by which a buyer's operator states the tags of an order, one for each of its tag keys. */
  orderTagHash(statement: OrderTagStatement): Hex {
    return typedDataDigest(this.domains.of('ReceivableRegistry'), orderTagStruct(statement));
  }
}

/** A buyer's tags of one of its orders, in the order of its tag keys' numbers. */
export interface OrderTagStatement {
  readonly order: Hex;
  readonly tags: readonly Hex[];
}

/** hashStruct of `OrderTag(bytes32 order,bytes32[] tags)`. */
export function orderTagStruct({ order, tags }: OrderTagStatement): Hex {
  return hashStruct(ORDER_TAG, [order, keccak256Hex(Buffer.concat(tags.map(toBytes)))]);
}
