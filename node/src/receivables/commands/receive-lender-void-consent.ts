import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { Receivables } from '../queries/receivables.js';
import { LenderVoidConsents } from '../storage/lender-void-consents.js';
import { type LenderVoidConsentBody, lenderVoidConsentBody } from './envelopes.js';
import { VoidConsentCheck } from './void-consent-check.js';

/** Takes in a lender's consent that a receivable born from an order be voided which it has a claim on. */
@EnvelopeHandler('receivable.lender-void-consent', { body: lenderVoidConsentBody, fromSuspended: true })
export class ReceiveLenderVoidConsent implements EnvelopeProcessor<LenderVoidConsentBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly check: VoidConsentCheck,
    private readonly kept: LenderVoidConsents,
  ) {}

  async handle({ object, body: { successor, lender } }: ReceivedEnvelope<LenderVoidConsentBody>): Promise<void> {
    await this.check.ofLender(await this.receivables.get(object), successor, lender);
    await this.kept.keep(object, successor, lender);
  }
}
