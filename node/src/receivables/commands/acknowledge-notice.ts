import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { noticeNotReceived } from '../domain/problems.js';
import { Receivables } from '../queries/receivables.js';
import { Notices } from '../storage/notices.js';
import { SplitStore } from '../storage/split.store.js';
import { EarlierPayments } from './earlier-payments.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The obligor acknowledges the lender's notice: payments count from now on when the lender says so, those that wait for an answer too. */
@Injectable()
export class AcknowledgeNotice {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly payments: EarlierPayments,
    private readonly splitStore: SplitStore,
  ) {}

  /** Refuses with NOTICE_MISSING while there is no notice on chain, NOTICE_NOT_RECEIVED while what it says is unknown here. */
  async run(id: Hex): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'acknowledgeNotice');
    // Whoever claims a payment at this moment has said to whom before it is told to the lender below, or sees that this is on its way.
    await this.splitStore.lockReceivable(id);
    const encumbrance = await this.receivables.encumbranceOn(id);
    if (!encumbrance?.notice) {
      throw CONTRACT_PROBLEMS.NoticeMissing('no lender has given notice of a claim on it', { object: id });
    }
    const notice = await this.notices.of(encumbrance);
    if (!notice) throw noticeNotReceived('the notice has not arrived from the lender', { receivable: id });
    const act = 'acknowledgeNotice';
    // Its lender may release until this is included, and another give notice: the chain holds what was read against it.
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, encumbrance.lender] });
    await this.payments.show(receivable, notice.lender, submission);
    return { id, submission };
  }
}
