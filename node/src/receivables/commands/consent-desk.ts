import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Account, consentAct, SignedStatements } from '../../chain/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import type { ConsentAct } from '../domain/consent-details.js';
import type { SignedConsent } from '../domain/signed-consent.js';

/** What a consent says yes to. */
export interface ConsentTo {
  readonly object: Hex;
  readonly act: ConsentAct;
  readonly details: Hex;
}

/** Gives and checks consents that ReceivableRegistry takes. */
@Injectable()
export class ConsentDesk {
  constructor(private readonly statements: SignedStatements) {}

  /** This member's consent under one of its accounts, with a new nonce. */
  async give(
    account: Account,
    { object, act, details }: ConsentTo,
    { deadline, coverVersion }: Pick<SignedConsent, 'deadline' | 'coverVersion'>,
  ): Promise<SignedConsent> {
    const nonce = toHex(randomBytes(32));
    const consent = { object, act: consentAct(act), details, nonce, deadline, coverVersion };
    const signature = await this.statements.sign(account, 'ReceivableRegistry', consent);
    return { signer: account.address, nonce, deadline, coverVersion, signature };
  }

  /** Refuses with CONSENT_INVALID_SIGNATURE unless the signer, an account with a key, gave this consent to just that. */
  require({ object, act, details }: ConsentTo, signed: SignedConsent): void {
    const { signer, signature, nonce, deadline, coverVersion } = signed;
    const consent = { object, act: consentAct(act), details, nonce, deadline, coverVersion };
    if (this.statements.verify(signer as Address, 'ReceivableRegistry', consent, signature)) return;
    throw CONTRACT_PROBLEMS.ConsentInvalidSignature('the consent is not the signer’s, or to something else', {
      signer,
    });
  }
}
