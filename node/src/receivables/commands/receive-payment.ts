import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { makeStatement } from '../../documents/index.js';
import { News } from '../../events/index.js';
import { type Money, positiveMoney } from '../../kernel/money.js';
import { paymentMisdirected } from '../domain/news.js';
import { requireContent } from '../domain/statement-contents.js';
import { Misdirected } from '../queries/misdirected.js';
import { Receivables } from '../queries/receivables.js';
import { Statements } from '../queries/statements.js';
import { Undertakings } from '../queries/undertakings.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';
import { type StatementBody, statementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { ReceivedStatements } from './received-statements.js';

/** Takes in what the obligor says it paid. */
@EnvelopeHandler('payment.document', { body: statementBody, fromSuspended: true })
export class ReceivePayment implements EnvelopeProcessor<StatementBody> {
  constructor(
    private readonly received: ReceivedStatements,
    private readonly log: ReceivableLogStore,
    private readonly receivables: Receivables,
    private readonly statements: Statements,
    private readonly undertakings: Undertakings,
    private readonly misdirected: Misdirected,
    private readonly papers: Papers,
    private readonly news: News,
  ) {}

  async handle(envelope: ReceivedEnvelope<StatementBody>): Promise<void> {
    await this.requireCurrency(envelope);
    const said = await this.log.payments([envelope.object]);
    const isNew = await this.received.takeStatement(
      envelope,
      'PAYMENT',
      said.map(({ commitment }) => commitment),
    );
    if (isNew) await this.warn(envelope);
  }

  /** Refuses with CURRENCY_MISMATCH what is in another currency than was confirmed, as far as that is known here. */
  private async requireCurrency({ object, body: { content } }: ReceivedEnvelope<StatementBody>): Promise<void> {
    requireContent('PAYMENT', content);
    const terms = await this.undertakings.of(await this.receivables.get(object));
    if (terms) positiveMoney(content as unknown as Money, terms.currency);
  }

  /** The lender to whom it was due is told of what was paid to another: the claim stays open until it says otherwise. */
  private async warn({ object, body }: ReceivedEnvelope<StatementBody>): Promise<void> {
    const receivable = await this.receivables.get(object);
    const payments = await this.statements.payments(receivable);
    const astray = await this.misdirected.among(receivable, payments);
    const { root } = this.papers.rebuild(subjectOf(receivable), makeStatement('PAYMENT', body.content), body.seed);
    if (!astray.has(root)) return;
    await this.news.add(paymentMisdirected({ object, data: { payment: root } }));
  }
}
