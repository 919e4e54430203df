import { makeStatement } from '../../documents/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { type StatementBody, statementBody } from '../../receivables/commands/envelopes.js';
import { Papers } from '../../receivables/index.js';
import { Counterparty } from '../queries/counterparty.js';
import { FinancingStore } from '../storage/financing.store.js';
import { LenderActs } from './lender-acts.js';

/** Takes in the reference of a disbursement that is on chain. */
@EnvelopeHandler('financing.disbursement', { body: statementBody, fromSuspended: true })
export class ReceiveDisbursement implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly counterparty: Counterparty,
    private readonly acts: LenderActs,
    private readonly papers: Papers,
    private readonly store: FinancingStore,
  ) {}

  async handle({ from, object: id, body: { content, seed } }: ReceivedEnvelope<StatementBody>): Promise<void> {
    const { financing, encumbrance } = await this.counterparty.require(id, 'HOLDER', from.id);
    const subject = await this.acts.subject(financing);
    const paper = this.papers.rebuild(subject, makeStatement('DISBURSEMENT', content), seed);
    await this.papers.take(subject, paper, [encumbrance?.paymentReference ?? null]);
    const { reference } = content;
    await this.store.change(id, { disbursementReference: typeof reference === 'string' ? reference : null });
  }
}
