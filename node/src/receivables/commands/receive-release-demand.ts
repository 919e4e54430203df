import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { EncumbranceStore } from '../storage/encumbrance.store.js';
import { type StatementBody, statementBody } from './envelopes.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in why a party of a settled claim demands that its lender release it. */
@EnvelopeHandler('receivable.release-demand', { body: statementBody, fromSuspended: true })
export class ReceiveReleaseDemand implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly received: ReceivedStatements,
    private readonly encumbrances: EncumbranceStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    const roots = (await this.encumbrances.history(envelope.object)).map(({ releaseDemand }) => releaseDemand);
    await this.received.takeStatement(envelope, 'RELEASE_DEMAND', roots);
  }
}
