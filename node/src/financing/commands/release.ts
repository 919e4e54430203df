import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { StatementBody } from '../../receivables/commands/envelopes.js';
import { ReceivableDesk } from '../../receivables/index.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { FinancingAnswer } from './agree.js';
import { LenderActs } from './lender-acts.js';

/** The lender gives its claim up: after repayment, or a reservation before it disbursed. */
@Injectable()
export class Release {
  constructor(
    private readonly acts: LenderActs,
    private readonly desk: ReceivableDesk,
    private readonly store: FinancingStore,
    private readonly exchange: Exchange,
  ) {}

  async run(id: Hex, reason: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'release');
    const { financing, account } = position;
    const { object, onOrder, holder } = financing;
    const { content, root, seed } = await this.acts.state(position, 'RELEASE', { financing: id, reason });
    const submission = await this.desk.submit({
      act: 'releaseFinancing',
      object,
      fn: 'release',
      args: [object, root],
      account,
      subject: onOrder ? 'order' : 'receivable',
    });
    await this.store.change(id, { releaseReason: reason });
    const body = { content, seed } satisfies StatementBody;
    await this.exchange.send({ to: holder, type: 'financing.release', object: id, body, after: submission });
    return { id, submission };
  }

  /** The holder sees it on chain. */
  async drop(id: Hex): Promise<FinancingAnswer> {
    const { financing, account } = await this.acts.begin(id, 'drop');
    const { object, onOrder } = financing;
    const subject = onOrder ? 'order' : 'receivable';
    const act = 'dropReservation';
    return { id, submission: await this.desk.submit({ act, object, fn: 'drop', args: [object], account, subject }) };
  }
}
