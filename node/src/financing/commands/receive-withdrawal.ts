import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { requireAct } from '../domain/require-act.js';
import { Counterparty } from '../queries/counterparty.js';
import { FinancingStore } from '../storage/financing.store.js';
import { type EndingBody, endingBody } from './envelopes.js';

/** Takes in that the holder withdraws its request; one that was withdrawn before it left never came. */
@EnvelopeHandler('financing.withdrawal', { body: endingBody, fromSuspended: true })
export class ReceiveWithdrawal implements EnvelopeProcessor<EndingBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly store: FinancingStore,
  ) {}

  async handle({ from, object: id }: ReceivedEnvelope<EndingBody>): Promise<void> {
    if (!(await this.store.find(id))) return;
    const { status } = await this.counterparty.require(id, 'LENDER', from.id);
    requireAct('withdraw', 'HOLDER', status, id);
    await this.store.change(id, { status: 'WITHDRAWN' });
  }
}
