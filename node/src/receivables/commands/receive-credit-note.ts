import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { type DocumentBody, documentBody } from '../../orders/index.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in a supplier's credit note. */
@EnvelopeHandler('credit-note.document', { body: documentBody, fromSuspended: true })
export class ReceiveCreditNote implements EnvelopeProcessor<DocumentBody> {
  constructor(
    private readonly received: ReceivedStatements,
    private readonly log: ReceivableLogStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<DocumentBody>): Promise<void> {
    const issued = await this.log.creditNotes([envelope.object]);
    await this.received.takeCreditNote(
      envelope,
      issued.map(({ commitment }) => commitment),
    );
  }
}
