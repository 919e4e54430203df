import { Injectable } from '@nestjs/common';
import { Keyring } from '../../../chain/index.js';
import { Exchange } from '../../../exchange/index.js';
import type { Hex } from '../../../kernel/hex.js';
import type { Address } from '../../../kernel/ids.js';
import { Members } from '../../../members/index.js';
import type { SignedConsent } from '../../domain/signed-consent.js';
import type { Split } from '../../domain/split/split.js';
import { ReceivableDesk } from '../receivable-desk.js';
import type { SplitEndingBody } from './envelopes.js';

/** What follows when a split comes to nothing. */
@Injectable()
export class EndSplit {
  constructor(
    private readonly members: Members,
    private readonly exchange: Exchange,
    private readonly keyring: Keyring,
    private readonly desk: ReceivableDesk,
  ) {}

  /** The holder tells the new holders of its parts, but for itself and `except`; within the current unit of work. */
  async tell({ id, receivable: object, parts }: Split, reason: string | null, except?: number): Promise<void> {
    const { id: self } = await this.members.self();
    const body = { split: id, reason } satisfies SplitEndingBody;
    for (const to of new Set(parts.map(({ holder }) => holder))) {
      if (to !== self && to !== except) await this.exchange.send({ to, type: 'split.withdrawal', object, body });
    }
  }

  /**
   * The holder makes its consent unusable on chain: who was given all signatures could complete the split until they expire. Answers
   * the submission; undefined where nobody was given it.
   */
  async revokeHolders({ receivable, consent }: Split): Promise<string | undefined> {
    return consent ? this.revoke(receivable, consent, this.keyring.oneTime(receivable).address) : undefined;
  }

  /** The same of the obligor, of its own consent. */
  async revokeObligors({ receivable, cosignature }: Split): Promise<string | undefined> {
    return cosignature ? this.revoke(receivable, cosignature, this.keyring.operator.address) : undefined;
  }

  private revoke(object: Hex, { nonce }: SignedConsent, account: Address): Promise<string> {
    return this.desk.submit({ act: 'revokeSplitConsent', object, fn: 'cancelNonce', args: [nonce], account });
  }
}
