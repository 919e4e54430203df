import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { Rational } from '../../kernel/rational.js';
import { ReceivableDesk, type StatementBody } from '../../receivables/index.js';
import { reserveEmpty } from '../domain/problems.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { FinancingAnswer } from './agree.js';
import { FinancingPapers } from './financing-papers.js';
import { LenderActs, type LenderPosition } from './lender-acts.js';

/** The lender gives its claim up: after repayment, or a reservation before it disbursed. */
@Injectable()
export class Release {
  constructor(
    private readonly acts: LenderActs,
    private readonly papers: FinancingPapers,
    private readonly desk: ReceivableDesk,
    private readonly store: FinancingStore,
    private readonly exchange: Exchange,
  ) {}

  /**
   * `reserveReference` says under which reference the holder was paid what came in beyond what was owed. Refuses with
   * RESERVE_EMPTY when nothing did, and a second one as {@link LenderActs.beginOnce} does.
   */
  async run(id: Hex, reason: string, reserveReference?: string): Promise<FinancingAnswer> {
    const position = await this.acts.beginOnce(id, 'release', 'releaseFinancing');
    const payout = reserveReference === undefined ? {} : payoutOf(position, reserveReference);
    const { financing, account } = position;
    const { object, onOrder, holder } = financing;
    const { content, root, seed } = await this.papers.write(position, 'RELEASE', { financing: id, reason, ...payout });
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

/** The holder's money in the lender's hands: the reserve, and what no bucket took (rule 8). */
function payoutOf({ financing, balance }: LenderPosition, reference: string) {
  const { currency } = financing.offer!.terms.advance;
  const rest = balance ? balance.applied.reserve.plus(balance.applied.unapplied) : Rational.ZERO;
  if (rest.sign <= 0) throw reserveEmpty('no more came in than was owed', { financing: financing.id });
  return { amount: rest.toFixed(minorUnits(currency)), currency, reference };
}
