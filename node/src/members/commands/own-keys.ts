import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains, SignedStatements } from '../../chain/index.js';
import { KeyFile } from '../../config/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { keccak256 } from '../../kernel/keccak.js';
import { encodeFields } from '../domain/abi-fields.js';
import { KEY_KINDS, type KeyKind } from '../domain/key-kinds.js';
import { keyElsewhere, operatorKeyElsewhere } from '../domain/problems.js';
import { Members } from '../queries/members.js';
import { heldKeys } from './held-keys.js';
import { RegistryCalls } from './registry-call.js';

/** This member's own keys, which its admin account adds and revokes alone and at once. */
@Injectable()
export class OwnKeys {
  constructor(
    private readonly calls: RegistryCalls,
    private readonly members: Members,
    private readonly domains: RegistryDomains,
    private readonly statements: SignedStatements,
    private readonly keyring: Keyring,
    private readonly file: KeyFile,
  ) {}

  /**
   * Registers a key whose secret this node holds, else KEY_ELSEWHERE: a tag key is asked for with each confirmation for ever,
   * so one that nobody has would end them for good.
   */
  async add(kind: KeyKind, publicKey: Hex): Promise<{ id: Hex; submission: { id: string } }> {
    if (!heldKeys(kind, this.file.keys).includes(publicKey))
      throw keyElsewhere('lay it beside the present one first, as next key, and restart', { kind, publicKey });
    const { id: member } = await this.members.self();
    const values = [this.domains.of('MemberRegistry'), member, KEY_KINDS[kind], publicKey];
    const id = toHex(keccak256(encodeFields(['bytes32', 'uint', 'uint', 'bytes'], values)));
    const submission = await this.calls.asAdmin(
      'addKey',
      { contract: 'MemberRegistry', fn: 'addKey', args: [KEY_KINDS[kind], publicKey] },
      { type: 'key', id },
    );
    return { id, submission };
  }

  /**
   * Registers an account as this member's operator beside the present one. The account says yes to it, so this node must
   * hold its key (OPERATOR_KEY_ELSEWHERE): it is the one that it will be switched to.
   */
  async addOperator(account: Address): Promise<{ id: Hex; submission: { id: string } }> {
    const { id: member } = await this.members.self();
    if (!this.keyring.has(account))
      throw operatorKeyElsewhere('lay it beside the present one first, as next operator', { account });
    const acceptance = await this.keyring
      .account(account)
      .signMessage(this.statements.operatorAcceptance({ account, member }));
    const submission = await this.calls.asAdmin(
      'addOperator',
      { contract: 'MemberRegistry', fn: 'addOperator', args: [account, acceptance] },
      { type: 'key', id: account },
    );
    return { id: account, submission };
  }

  /**
   * Revokes a message or tag key (32 bytes) or an operator account (20 bytes), from the block of its inclusion; acts
   * since block `inDoubtFrom` are marked KEY_IN_DOUBT (rule 7). Problems: KEY_UNKNOWN, MEMBER_UNKNOWN_OPERATOR.
   */
  async revoke(id: Hex, inDoubtFrom = 0): Promise<{ id: Hex; submission: { id: string } }> {
    const self = await this.members.self();
    const isAccount = id.length === 42;
    const found = isAccount ? await this.members.account(id) : await this.members.key(id);
    if (found?.member !== self.id) {
      if (isAccount) throw CONTRACT_PROBLEMS.MemberUnknownOperator('no operator of this member', { account: id });
      throw CONTRACT_PROBLEMS.KeyUnknown('no key of this member', { key: id });
    }
    const submission = await this.calls.asAdmin(
      isAccount ? 'revokeOperator' : 'revokeKey',
      { contract: 'MemberRegistry', fn: isAccount ? 'revokeOperator' : 'revokeKey', args: [id, inDoubtFrom] },
      { type: 'key', id },
    );
    return { id, submission };
  }
}
