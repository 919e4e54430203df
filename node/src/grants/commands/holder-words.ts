import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { type OneTimeCertificate, OneTimeAccounts } from '../../members/index.js';
import { PartHolders, Receivables } from '../../receivables/index.js';
import { grantInvalid } from '../domain/problems.js';
import type { Subject } from '../queries/subjects.js';

/** Who holds a part of a split, said by the holder: the chain has a one-time account, and only who was told knows whose it is. */
@Injectable()
export class HolderWords {
  constructor(
    private readonly receivables: Receivables,
    private readonly holders: PartHolders,
    private readonly accounts: OneTimeAccounts,
    private readonly keyring: Keyring,
  ) {}

  /** This member's word, if it is a part that it holds. */
  async own({ object, onOrder }: Subject): Promise<OneTimeCertificate | undefined> {
    if (onOrder) return undefined;
    const { parent, holder } = await this.receivables.get(object);
    if (parent === null || this.keyring.oneTime(object).address !== holder) return undefined;
    return this.accounts.certify(object);
  }

  /** Keeps the word of `from`. Refuses with GRANT_INVALID what is of another account, ONE_TIME_ACCOUNT_UNCERTIFIED what it did not sign. */
  async take({ object, onOrder }: Subject, from: number, certificate: OneTimeCertificate): Promise<void> {
    const holder = onOrder ? undefined : (await this.receivables.get(object)).holder;
    const names = certificate.account === holder && certificate.object === object && certificate.member === from;
    if (!names) throw grantInvalid('its sender does not say that it holds what it names', { object });
    await this.accounts.check(certificate);
    await this.holders.keep(object, certificate.account, from);
  }
}
