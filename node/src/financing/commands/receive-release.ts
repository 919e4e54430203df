import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';
import { ReceivedWords } from './received-words.js';

/** Takes in why the lender released the claim. */
@EnvelopeHandler('financing.release', { body: statementBody, fromSuspended: true })
export class ReceiveRelease implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly words: ReceivedWords,
    private readonly store: FinancingStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'RELEASE', side: 'HOLDER', root: (claim) => claim.releaseReason });
    const { reason } = envelope.body.content;
    await this.store.change(envelope.object, { releaseReason: typeof reason === 'string' ? reason : null });
  }
}
