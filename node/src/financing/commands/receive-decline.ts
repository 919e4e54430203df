import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { requireAct } from '../domain/require-act.js';
import { Counterparty } from '../queries/counterparty.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type EndingBody, endingBody } from './envelopes.js';

/** Takes in that the lender declines. */
@EnvelopeHandler('financing.decline', { body: endingBody, fromSuspended: true })
export class ReceiveDecline implements EnvelopeProcessor<EndingBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly store: FinancingStore,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<EndingBody>): Promise<void> {
    const { status } = await this.counterparty.require(id, 'HOLDER', from.id);
    requireAct('decline', 'LENDER', status, id);
    await this.store.change(id, { status: 'DECLINED', declineReason: body.reason });
  }
}
