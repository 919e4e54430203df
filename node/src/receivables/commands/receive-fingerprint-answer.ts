import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { Receivables } from '../queries/receivables.js';
import { FingerprintChecks } from '../storage/fingerprint-checks.js';
import { type FingerprintAnswerBody, fingerprintAnswerBody } from './envelopes.js';

/** Notes what the obligor says of the fingerprint that this supplier asked for. */
@EnvelopeHandler('receivable.fingerprint-answer', { body: fingerprintAnswerBody })
export class ReceiveFingerprintAnswer implements EnvelopeProcessor<FingerprintAnswerBody> {
  constructor(
    private readonly receivables: Receivables,
    private readonly checks: FingerprintChecks,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<FingerprintAnswerBody>): Promise<void> {
    const { obligor } = await this.receivables.get(object);
    if (from.id !== obligor) {
      const facts = { receivable: object, member: from.id };
      throw CONTRACT_PROBLEMS.ReceivableUnauthorized('only the obligor answers for its fingerprints', facts);
    }
    await this.checks.heard(object, body);
  }
}
