import { Injectable } from '@nestjs/common';
import { tryAgain } from '../../errors/index.js';
import { Exchange } from '../../exchange/index.js';
import { GrantStore } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { GivenConsents, StandingConsents } from '../../receivables/index.js';
import { RESERVING_ACTS } from '../../receivables/domain/consent-details.js';
import { Submissions } from '../../submissions/index.js';
import { requireAct } from '../domain/require-act.js';
import { Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { EndingBody } from './envelopes.js';

/**
 * Before anything is agreed: the lender begins its review or declines, the holder withdraws. None of it touches the chain, unless
 * the holder agreed in a transaction that did not come to pass.
 */
@Injectable()
export class Negotiation {
  constructor(
    private readonly positions: Positions,
    private readonly store: FinancingStore,
    private readonly exchange: Exchange,
    private readonly given: GivenConsents,
    private readonly standing: StandingConsents,
    private readonly submissions: Submissions,
    private readonly grants: GrantStore,
  ) {}

  /** The lender says that it looks into the request. */
  async review(id: Hex): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    requireAct('review', financing.side, status, id);
    await this.store.change(id, { status: 'UNDER_REVIEW' });
    await this.tell('financing.review', id, financing.holder, null);
  }

  async decline(id: Hex, reason: string | null): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    requireAct('decline', financing.side, status, id);
    await this.store.change(id, { status: 'DECLINED', declineReason: reason });
    await this.tell('financing.decline', id, financing.holder, reason);
  }

  /**
   * A lender that the request has not reached yet need not hear of its end. Where the holder agreed, all that the chain asks for is
   * public, and a transaction makes its consent unusable: answers its submission. Refuses with TRY_AGAIN while an agreement is on its
   * way: included, it would bind what both sides hold for withdrawn.
   */
  async withdraw(id: Hex, reason: string | null): Promise<{ id: Hex; submission?: string | undefined }> {
    const { financing } = await this.positions.lock(id);
    const { object, onOrder, side } = financing;
    await this.given.lock(object);
    // Asked before the index, which has it once it is on its way no more.
    const underWay = await Promise.all(RESERVING_ACTS.map((act) => this.submissions.underWay(act, [object])));
    requireAct('withdraw', side, (await this.positions.get(id)).status, id);
    if (underWay.flat().length > 0) throw tryAgain('an agreement is on its way', { financing: id });
    await this.store.change(id, { status: 'WITHDRAWN' });
    // A request that is to be written anew may have come, though its receipt did not; it has its grant since it was first written.
    if (financing.sent || (await this.grants.ofFinancing(id)))
      await this.tell('financing.withdrawal', id, financing.lender, reason);
    const consents = { object, act: 'RESERVE', subject: onOrder ? 'order' : 'receivable' } as const;
    return { id, submission: await this.standing.takeBack(consents, ({ regarding }) => regarding === id) };
  }

  private async tell(type: string, id: Hex, to: number, reason: string | null): Promise<void> {
    await this.exchange.send({ to, type, object: id, body: { reason } satisfies EndingBody });
  }
}
