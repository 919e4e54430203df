import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireAct } from '../domain/require-act.js';
import { Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import type { EndingBody } from './envelopes.js';

/** Before anything is agreed: the lender begins its review or declines, the holder withdraws. None of it touches the chain. */
@Injectable()
export class Negotiation {
  constructor(
    private readonly positions: Positions,
    private readonly store: FinancingStore,
    private readonly exchange: Exchange,
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

  /** A lender that the request has not reached yet need not hear of its end. */
  async withdraw(id: Hex, reason: string | null): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    requireAct('withdraw', financing.side, status, id);
    await this.store.change(id, { status: 'WITHDRAWN' });
    if (financing.sent) await this.tell('financing.withdrawal', id, financing.lender, reason);
  }

  private async tell(type: string, id: Hex, to: number, reason: string | null): Promise<void> {
    await this.exchange.send({ to, type, object: id, body: { reason } satisfies EndingBody });
  }
}
