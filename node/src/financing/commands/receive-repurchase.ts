import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { ReceivedWords } from './received-words.js';

/** Takes in what the lender says was paid for the claim. */
@EnvelopeHandler('financing.repurchase', { body: statementBody, fromSuspended: true })
export class ReceiveRepurchase implements EnvelopeProcessor<StatementBody> {
  constructor(private readonly words: ReceivedWords) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'REPURCHASE', side: 'HOLDER', root: ({ releaseReason }) => releaseReason });
  }
}
