import { Injectable } from '@nestjs/common';
import { makeStatement } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { positiveMoney } from '../../kernel/money.js';
import { Members } from '../../members/index.js';
import { Submissions } from '../../submissions/index.js';
import type { Receivable } from '../domain/receivable.js';
import { requireNoNotice } from '../queries/no-notice.js';
import { requireNoneSigned } from '../queries/no-signed-split.js';
import { Payees } from '../queries/payees.js';
import { Splits } from '../queries/splits.js';
import { Undertakings } from '../queries/undertakings.js';
import { SplitStore } from '../storage/split.store.js';
import { Audience } from './audience.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** What the obligor says it paid. */
export interface PaymentClaim {
  /** Decimal text in the receivable's currency. */
  readonly amount: string;
  readonly currency?: string;
  readonly reference: string;
  /** Short name of the member paid; by default the payee entitled now. */
  readonly paidTo?: string;
}

/** The obligor says that it paid: a claim, until the payee entitled acknowledges it. */
@Injectable()
export class ClaimPayment {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly members: Members,
    private readonly undertakings: Undertakings,
    private readonly payees: Payees,
    private readonly splits: Splits,
    private readonly splitStore: SplitStore,
    private readonly papers: Papers,
    private readonly audience: Audience,
    private readonly submissions: Submissions,
  ) {}

  /**
   * Answers the payment's root as its id. Refuses with AMOUNT_INVALID, CURRENCY_MISMATCH, MEMBER_UNKNOWN, and with TRY_AGAIN
   * while a split that this member signed is on its way: of what is split, no payment counts. Where `paidTo` is left open, also with TRY_AGAIN
   * while its acknowledgement of a notice is on its way, and NOTICE_NOT_RECEIVED.
   */
  async run(id: Hex, { amount, currency, reference, paidTo }: PaymentClaim): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'claimPayment');
    // Until the unit of work ends, this member signs no split of it: that looks for payments first.
    await this.splitStore.lockReceivable(id);
    await requireNoneSigned(this.splits, id);
    const terms = await this.undertakings.require(receivable);
    const money = positiveMoney({ amount, currency: currency ?? terms.currency }, terms.currency);
    const payee = paidTo === undefined ? await this.entitled(receivable) : (await this.members.byName(paidTo)).id;
    const { name } = await this.members.byId(payee);
    const content = { ...money, reference, paidTo: name };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('PAYMENT', content));
    const submission = await this.desk.submit({
      act: 'claimPayment',
      object: id,
      fn: 'claimPayment',
      args: [id, root],
    });
    const body = { content, seed } satisfies StatementBody;
    await this.audience.tell(receivable, { type: 'payment.document', body, after: submission });
    return { id: root, submission };
  }

  private async entitled(receivable: Receivable): Promise<number> {
    await requireNoNotice(this.submissions, receivable.id);
    return this.payees.entitled(receivable);
  }
}
