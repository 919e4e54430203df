import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { positiveMoney } from '../../kernel/money.js';
import { Counterparty } from '../queries/counterparty.js';
import { RepaymentStore } from '../storage/repayment.store.js';
import { financingOfferMissing } from '../domain/problems.js';
import { type RepaymentBody, repaymentBody } from './envelopes.js';

/** Takes in what the lender says it was repaid. */
@EnvelopeHandler('financing.repayment', { body: repaymentBody, fromSuspended: true })
export class ReceiveRepayment implements EnvelopeProcessor<RepaymentBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly repayments: RepaymentStore,
  ) {}

  async handle({ from, object: id, body }: ReceivedEnvelope<RepaymentBody>): Promise<void> {
    const { financing } = await this.counterparty.require(id, 'HOLDER', from.id);
    if (!financing.offer) throw financingOfferMissing('nothing was lent', { financing: id });
    const { currency } = financing.offer.terms.advance;
    const { amount } = positiveMoney({ amount: body.amount, currency });
    await this.repayments.take(id, { ...body, amount });
  }
}
