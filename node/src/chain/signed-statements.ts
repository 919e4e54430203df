import type { ContractName } from '../kernel/contract-events.generated.js';
import { type Hex, toBytes } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import { keccak256Hex } from '../kernel/keccak.js';
import { recoverAddress } from '../kernel/recover.js';
import type { Account } from './account.js';
import type { Consent } from './consent.js';
import type { RegistryDomains } from './registry-domains.js';
import { hashStruct, typedData, typeHash } from './typed-data.js';

const CONSENT = typeHash(
  'Consent(bytes32 object,bytes32 act,bytes32 details,bytes32 nonce,uint64 deadline,uint64 coverVersion)',
);
const ONE_TIME_ACCOUNT = typeHash('OneTimeAccount(address account,bytes32 object,uint32 member)');
const GRANT_APPROVAL = typeHash('GrantApproval(bytes32 grant,bytes32 commitment)');
const ERASURE = typeHash('Erasure(bytes32 object,bytes32[] documents,bytes32 reason,uint64 erasedAt,uint64 block)');
const OPERATOR_ACCEPTANCE = typeHash('OperatorAcceptance(address account,uint32 member)');
const ORDER_TAG = typeHash('OrderTag(bytes32 order,bytes32[] tags)');

/** A consent's `act`: keccak256 of the act's name, e.g. `RESERVE`. */
export function consentAct(name: string): Hex {
  return keccak256Hex(name);
}

/** Signed statements under a registry's domain, as the contracts and other members' nodes check them. */
export class SignedStatements {
  constructor(private readonly domains: RegistryDomains) {}

  /** A consent to be given to `registry`, as it is hashed and signed. */
  message(registry: ContractName, consent: Consent): Buffer {
    const { object, act, details, nonce, deadline, coverVersion } = consent;
    const values = [object, act, details, nonce, deadline, coverVersion];
    return typedData(this.domains.of(registry), hashStruct(CONSENT, values));
  }

  /** Digest of a consent to be given to `registry`. */
  hash(registry: ContractName, consent: Consent): Hex {
    return keccak256Hex(this.message(registry, consent));
  }

  /** The account's signature: 65 bytes, low s. */
  async sign(account: Account, registry: ContractName, consent: Consent): Promise<Hex> {
    return account.signMessage(this.message(registry, consent));
  }

  /** Whether `signer`, an account with a key, signed it. Contract accounts (ERC-1271) are judged by the chain alone. */
  verify(signer: Address, registry: ContractName, consent: Consent, signature: Hex): boolean {
    return recoverAddress(toBytes(this.hash(registry, consent)), toBytes(signature)) === signer;
  }

  /** What a member's operator signs to certify that a one-time account acts for it on one object. */
  oneTimeAccount(certificate: { account: Address; object: Hex; member: number }): Buffer {
    const { account, object, member } = certificate;
    const struct = hashStruct(ONE_TIME_ACCOUNT, [account, object, member]);
    return typedData(this.domains.of('ReceivableRegistry'), struct);
  }

  /** The digest of {@link oneTimeAccount}. */
  oneTimeAccountHash(certificate: { account: Address; object: Hex; member: number }): Hex {
    return keccak256Hex(this.oneTimeAccount(certificate));
  }

  /** What an account signs to become operator of a member (its number). */
  operatorAcceptance({ account, member }: { account: Address; member: number }): Buffer {
    return typedData(this.domains.of('MemberRegistry'), hashStruct(OPERATOR_ACCEPTANCE, [account, member]));
  }

  /** What an owner's operator signs to agree to a grant that the other owner makes. */
  grantApproval({ grant, commitment }: { grant: Hex; commitment: Hex }): Buffer {
    return typedData(this.domains.of('AccessGrants'), hashStruct(GRANT_APPROVAL, [grant, commitment]));
  }

  /** The digest of {@link grantApproval}. */
  grantApprovalHash(approval: { grant: Hex; commitment: Hex }): Hex {
    return keccak256Hex(this.grantApproval(approval));
  }

  /** What a member's operator signs when it has destroyed its documents of an object; `reason` is hashed. */
  erasure({ object, documents, reason, erasedAt, block }: ErasureStatement): Buffer {
    const values = [object, keccak256Hex(Buffer.concat(documents.map(toBytes))), keccak256Hex(reason), erasedAt, block];
    return typedData(this.domains.of('MemberRegistry'), hashStruct(ERASURE, values));
  }

  /** The digest of {@link erasure}. */
  erasureHash(statement: ErasureStatement): Hex {
    return keccak256Hex(this.erasure(statement));
  }

  /** What a buyer's operator signs to state the tags of an order, one for each of its tag keys. */
  orderTag(statement: OrderTagStatement): Buffer {
    return typedData(this.domains.of('ReceivableRegistry'), orderTagStruct(statement));
  }

  /** The digest of {@link orderTag}. */
  orderTagHash(statement: OrderTagStatement): Hex {
    return keccak256Hex(this.orderTag(statement));
  }
}

/** Which documents of an object were destroyed, why and when: block time in seconds, and the block. */
export interface ErasureStatement {
  readonly object: Hex;
  /** Their commitments, ascending. */
  readonly documents: readonly Hex[];
  readonly reason: string;
  readonly erasedAt: number;
  readonly block: number;
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
