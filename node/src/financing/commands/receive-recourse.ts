import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { ReceivedWords } from './received-words.js';

/** Takes in why the lender calls recourse. */
@EnvelopeHandler('financing.recourse', { body: statementBody, fromSuspended: true })
export class ReceiveRecourse implements EnvelopeProcessor<StatementBody> {
  constructor(private readonly words: ReceivedWords) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'RECOURSE', side: 'HOLDER', root: ({ recourse }) => recourse });
  }
}
