import { Injectable } from '@nestjs/common';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { type StatementBody, statementBody } from './envelopes.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in what the payee says of a claim that is not paid. */
@Injectable()
abstract class ReceiveLateness implements EnvelopeProcessor<StatementBody> {
  protected abstract readonly said: 'OVERDUE' | 'DEFAULT';

  constructor(
    private readonly received: ReceivedStatements,
    private readonly log: ReceivableLogStore,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    const own = (await this.log.statements([envelope.object])).filter(({ kind }) => kind === this.said);
    const roots = own.map(({ commitment }) => commitment);
    await this.received.takeStatement(envelope, this.said, roots);
  }
}

/** That payment is late. */
@EnvelopeHandler('receivable.overdue', { body: statementBody, fromSuspended: true })
export class ReceiveOverdue extends ReceiveLateness {
  protected readonly said = 'OVERDUE';
}

/** That it is in default. */
@EnvelopeHandler('receivable.default', { body: statementBody, fromSuspended: true })
export class ReceiveDefault extends ReceiveLateness {
  protected readonly said = 'DEFAULT';
}
