import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { NO_SUCCESSOR, voidDetails } from '../domain/consent-details.js';
import { requireAct } from '../domain/require-act.js';
import { Receivables } from '../queries/receivables.js';
import { LenderVoidConsents } from '../storage/lender-void-consents.js';
import { ConsentDesk } from './consent-desk.js';
import type { VoidConsentBody } from './envelopes.js';

const CONSENT_SECONDS = 30 * 86_400;

/**
 * The holder consents that its receivable be voided; the obligor's node is sent the consent, with those of lenders whose claims on
 * its orders reach it, and may then void it.
 */
@Injectable()
export class ConsentToVoid {
  constructor(
    private readonly receivables: Receivables,
    private readonly keyring: Keyring,
    private readonly consents: ConsentDesk,
    private readonly lenders: LenderVoidConsents,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /** Refuses with CONSENT_WRONG_SIGNER when this member is not the holder, RECEIVABLE_INVALID_TRANSITION for what has ended. */
  async run(id: Hex, successor: Hex = NO_SUCCESSOR): Promise<void> {
    const receivable = await this.receivables.get(id);
    requireAct(receivable, 'void', receivable.obligor);
    const holder = this.keyring.oneTime(id);
    if (holder.address !== receivable.holder) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('this member does not hold the receivable', { receivable: id });
    }
    const consent = await this.consents.give(
      holder,
      { object: id, act: 'VOID', details: voidDetails(id, successor) },
      {
        deadline: this.head.current().timestamp + CONSENT_SECONDS,
        coverVersion: await this.receivables.coverVersion(receivable),
      },
    );
    const lenders = await this.lenders.of(id, successor);
    const body = { successor, consent, lenders } satisfies VoidConsentBody;
    await this.exchange.send({ to: receivable.obligor, type: 'receivable.void-consent', object: id, body });
  }
}
