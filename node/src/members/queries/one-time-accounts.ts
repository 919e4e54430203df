import { Injectable } from '@nestjs/common';
import { Keyring, SignedStatements } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { recoverAddress } from '../../kernel/recover.js';
import { inDoubtAt, liveAt } from '../domain/key-life.js';
import type { OneTimeCertificate } from '../domain/one-time-certificate.js';
import { oneTimeAccountUncertified } from '../domain/problems.js';
import type { AccountRow } from '../storage/chain-accounts.js';
import { Members } from './members.js';

/** Who certified a one-time account. */
export interface Certifier {
  readonly operator: Hex;
  /** whether the operator's acts are in doubt at the block asked about: KEY_IN_DOUBT (rule 7) */
  readonly inDoubt: boolean;
}

/** Certificates that say for whom one-time accounts act. */
@Injectable()
export class OneTimeAccounts {
  constructor(
    private readonly members: Members,
    private readonly keyring: Keyring,
    private readonly statements: SignedStatements,
    private readonly head: IndexHead,
  ) {}

  /** Certifies this member's own one-time account for an object. Refuses as {@link Members.requireLiveOperator} does. */
  async certify(object: Hex): Promise<OneTimeCertificate> {
    await this.members.requireLiveOperator(this.keyring.operator.address);
    const { id: member } = await this.members.self();
    const statement = { account: this.keyring.oneTime(object).address, object, member };
    const signature = await this.keyring.operator.signMessage(this.statements.oneTimeAccount(statement));
    return { ...statement, signature };
  }

  /**
   * Refuses with ONE_TIME_ACCOUNT_UNCERTIFIED unless an operator of the certificate's member, live at `block` (by
   * default the indexed head), signed it. That it names the account, object and member expected is the caller's to check.
   */
  async check(certificate: OneTimeCertificate, block = this.head.current().number): Promise<Certifier> {
    const operator = await this.signatory(certificate);
    if (operator && liveAt(operator, block)) return { operator: operator.account, inDoubt: inDoubtAt(operator, block) };
    const { account, object, member } = certificate;
    throw oneTimeAccountUncertified(`not signed by an operator of member ${member} live at block ${block}`, {
      ...{ account, object, member, block },
    });
  }

  /** Whether {@link check} passes it now. */
  async stands(certificate: OneTimeCertificate): Promise<boolean> {
    const operator = await this.signatory(certificate);
    return operator !== undefined && liveAt(operator, this.head.current().number);
  }

  /**
   * Whether it counted when it was given, and counts no more: its operator was revoked since. That is no fault of the letter that brings it, and
   * its member certifies anew.
   */
  async isPast(certificate: OneTimeCertificate): Promise<boolean> {
    return (await this.signatory(certificate)) !== undefined && !(await this.stands(certificate));
  }

  /** The member's operator that signed it, live or revoked. */
  private async signatory({ signature, ...statement }: OneTimeCertificate): Promise<AccountRow | undefined> {
    const operator = recoverAddress(toBytes(this.statements.oneTimeAccountHash(statement)), toBytes(signature));
    const account = operator ? await this.members.account(operator) : undefined;
    return account?.member === statement.member ? account : undefined;
  }
}
