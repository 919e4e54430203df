import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { ReceivableDesk, type StatementBody } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { FinancingAnswer } from './agree.js';
import { FinancingPapers } from './financing-papers.js';
import { LenderActs } from './lender-acts.js';

/** The lender says that the money went out: the claim is pledged or assigned to it. */
@Injectable()
export class Disburse {
  constructor(
    private readonly acts: LenderActs,
    private readonly papers: FinancingPapers,
    private readonly desk: ReceivableDesk,
    private readonly store: FinancingStore,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Refuses with FINANCING_INVALID_TRANSITION unless it is agreed and its `disburseBy` has not passed, and a second one as
   * {@link LenderActs.beginOnce} does.
   */
  async run(id: Hex, reference: string): Promise<FinancingAnswer> {
    const position = await this.acts.beginOnce(id, 'disburse', 'disburseFinancing');
    const { financing, account } = position;
    const { object, onOrder, holder } = financing;
    const { content, root, seed } = await this.papers.write(position, 'DISBURSEMENT', { financing: id, reference });
    const submission = await this.desk.submit({
      act: 'disburseFinancing',
      object,
      fn: 'disburse',
      args: [object, root],
      account,
      subject: onOrder ? 'order' : 'receivable',
    });
    await this.store.change(id, { disbursementReference: reference });
    const body = { content, seed } satisfies StatementBody;
    await this.exchange.send({ to: holder, type: 'financing.disbursement', object: id, body, after: submission });
    return { id, submission };
  }
}
