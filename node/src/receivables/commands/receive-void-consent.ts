import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { voidDetails } from '../domain/consent-details.js';
import { Receivables } from '../queries/receivables.js';
import { VoidConsents } from '../storage/void-consents.js';
import { ConsentDesk } from './consent-desk.js';
import { type VoidConsentBody, voidConsentBody } from './envelopes.js';
import { VoidConsentCheck } from './void-consent-check.js';

/** Takes in the holder's consent that its receivable be voided. */
@EnvelopeHandler('receivable.void-consent', { body: voidConsentBody, fromSuspended: true })
export class ReceiveVoidConsent implements EnvelopeProcessor<VoidConsentBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly consents: ConsentDesk,
    private readonly check: VoidConsentCheck,
    private readonly kept: VoidConsents,
  ) {}

  async handle({ object, body: { successor, consent, lenders } }: ReceivedEnvelope<VoidConsentBody>): Promise<void> {
    const receivable = await this.receivables.get(object);
    if (consent.signer !== receivable.holder) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('the consent is not the holder’s', { receivable: object });
    }
    this.consents.require({ object, act: 'VOID', details: voidDetails(object, successor) }, consent);
    const running = await this.check.running(receivable, lenders);
    for (const lender of running) await this.check.ofLender(receivable, successor, lender);
    await this.kept.keep({ receivable: object, successor, consent, lenders: running });
  }
}
