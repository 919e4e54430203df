import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { type StatementBody, statementBody } from './envelopes.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in what the payee says: that a claim is in default. */
@EnvelopeHandler('receivable.default', { body: statementBody, fromSuspended: true })
export class ReceiveDefault implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly received: ReceivedStatements,
    private readonly log: ReceivableLogStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    const said = await this.log.statements([envelope.object]);
    await this.received.takeStatement(
      envelope,
      'DEFAULT',
      said.flatMap(({ kind, commitment }) => (kind === 'DEFAULT' ? [commitment] : [])),
    );
  }
}
