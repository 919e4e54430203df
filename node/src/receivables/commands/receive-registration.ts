import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { type StatementBody, statementBody } from './envelopes.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in where a lender registered its claim. */
@EnvelopeHandler('registration.document', { body: statementBody, fromSuspended: true })
export class ReceiveRegistration implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly received: ReceivedStatements,
    private readonly log: ReceivableLogStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    const said = (await this.log.statements([envelope.object])).filter(({ kind }) => kind === 'REGISTRATION');
    await this.received.takeStatement(
      envelope,
      'REGISTRATION',
      said.map(({ commitment }) => commitment),
    );
  }
}
