import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';
import { ReceivedWords } from './received-words.js';

/** Takes in the reference of a disbursement that is on chain. */
@EnvelopeHandler('financing.disbursement', { body: statementBody, fromSuspended: true })
export class ReceiveDisbursement implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly words: ReceivedWords,
    private readonly store: FinancingStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'DISBURSEMENT', side: 'HOLDER', root: (claim) => claim.paymentReference });
    const { reference } = envelope.body.content;
    await this.store.change(envelope.object, {
      disbursementReference: typeof reference === 'string' ? reference : null,
    });
  }
}
