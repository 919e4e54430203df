import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { ReceivedWords } from './received-words.js';

/** Takes in why the holder says that the money did not come. */
@EnvelopeHandler('financing.contest', { body: statementBody, fromSuspended: true })
export class ReceiveContest implements EnvelopeProcessor<StatementBody> {
  constructor(private readonly words: ReceivedWords) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'CONTEST', side: 'LENDER', root: ({ contest }) => contest });
  }
}
