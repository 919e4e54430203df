import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import { Undertakings } from '../queries/undertakings.js';
import { Audience } from './audience.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** What the obligor disputes; without an amount all of it. */
export interface DisputeClaim {
  /** Decimal text in the receivable's currency. */
  readonly amount?: string;
  readonly currency?: string;
  readonly reason: string;
}

/** The obligor disputes what it confirmed: cover falls at once. */
@Injectable()
export class OpenDispute {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly undertakings: Undertakings,
    private readonly papers: Papers,
    private readonly audience: Audience,
  ) {}

  /** Answers the dispute's root as its id. Refuses with AMOUNT_INVALID, CURRENCY_MISMATCH. */
  async run(id: Hex, { amount, currency, reason }: DisputeClaim): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'openDispute');
    const terms = await this.undertakings.require(receivable);
    const money =
      amount === undefined ? {} : positiveMoney({ amount, currency: currency ?? terms.currency }, terms.currency);
    const content = { ...money, reason };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('DISPUTE', content));
    const submission = await this.desk.submit({ act: 'openDispute', object: id, fn: 'openDispute', args: [id, root] });
    const body = { content, seed } satisfies StatementBody;
    await this.audience.tell(receivable, { type: 'dispute.document', body, after: submission, betweenParties: true });
    return { id: root, submission };
  }
}
