import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { statementBody, type StatementBody } from '../../receivables/index.js';
import { ReceivedWords } from './received-words.js';

/** Takes in why the lender wrote the claim off. */
@EnvelopeHandler('financing.write-off', { body: statementBody, fromSuspended: true })
export class ReceiveWriteOff implements EnvelopeProcessor<StatementBody> {
  constructor(private readonly words: ReceivedWords) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.words.take(envelope, { kind: 'WRITE_OFF', side: 'HOLDER', root: ({ releaseReason }) => releaseReason });
  }
}
