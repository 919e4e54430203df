import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { type GivenConsent, GivenConsents, type GivenTo } from '../storage/given-consents.js';
import { ReceivableDesk } from './receivable-desk.js';

const NAMES = { VOID: 'revokeVoidConsent', RESERVE: 'revokeReserveConsent' } as const;

/**
 * Consents of this member that others can use: whoever was given one may send it until it expires, whatever became of what it was
 * given for (docs/adr/0056). All within the current unit of work, under {@link GivenConsents.lock}.
 */
@Injectable()
export class StandingConsents {
  constructor(
    private readonly given: GivenConsents,
    private readonly desk: ReceivableDesk,
    private readonly keyring: Keyring,
    private readonly head: IndexHead,
  ) {}

  /**
   * Makes those unusable on chain for which `which` holds, by the account that gave them; what the account sends later comes after
   * it. One of an operator whose key is not here any more stays as it is, until it expires or the operator is revoked. Answers the last
   * submission; undefined where there was none to make.
   */
  async takeBack(
    { object, act, subject }: GivenTo & { readonly subject?: 'order' | 'receivable' },
    which: (consent: GivenConsent) => boolean = () => true,
  ): Promise<string | undefined> {
    const { timestamp } = this.head.current();
    const oneTime = this.keyring.oneTime(object);
    let submission: string | undefined;
    for (const consent of await this.given.take({ object, act })) {
      if (consent.deadline < timestamp) continue;
      const account = consent.signer as Address;
      if (which(consent) && (account === oneTime.address || this.keyring.has(account))) {
        const call = { fn: 'cancelNonce' as const, args: [consent.nonce] as [Hex], account };
        submission = await this.desk.submit({ act: NAMES[act], object, ...call, subject });
      } else await this.given.keep(consent);
    }
    return submission;
  }
}
