import { Injectable } from '@nestjs/common';
import { type Account, type ContractCall, Contracts, Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { adminKeyCold } from '../domain/problems.js';

type RegistryCall = Extract<ContractCall, { contract: 'MemberRegistry' }>;

/** What this room asks MemberRegistry to do, within the current unit of work. */
@Injectable()
export class RegistryCalls {
  constructor(
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
    private readonly contracts: Contracts,
  ) {}

  /** Sent by the operator. */
  asOperator(act: string, call: RegistryCall, subject: { type: string; id: Hex }): Promise<{ id: string }> {
    return this.submit(this.keyring.operator, act, call, subject);
  }

  /**
   * Sent by the member's admin account. Refuses with ADMIN_KEY_COLD, and the transaction to sign elsewhere, when its key
   * is not on this node.
   */
  asAdmin(act: string, call: RegistryCall, subject: { type: string; id: Hex }): Promise<{ id: string }> {
    if (this.keyring.admin) return this.submit(this.keyring.admin, act, call, subject);
    const { to, data } = this.contracts.encode(call.contract, call.fn, call.args as never);
    throw adminKeyCold(`${act} is for the admin account alone`, { to, data });
  }

  private submit(account: Account, act: string, call: RegistryCall, subject: { type: string; id: Hex }) {
    return this.submissions.submit({ act, call, account: account.address, subject });
  }
}
