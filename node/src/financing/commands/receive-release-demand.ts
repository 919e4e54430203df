import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { ReceivedWords } from './received-words.js';

/** Takes in why the holder demands release. */
@EnvelopeHandler('financing.release-demand', { body: statementBody, fromSuspended: true })
export class ReceiveReleaseDemand implements EnvelopeProcessor<StatementBody> {
  constructor(private readonly words: ReceivedWords) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, {
      kind: 'RELEASE_DEMAND',
      side: 'LENDER',
      root: ({ releaseDemand }) => releaseDemand,
    });
  }
}
