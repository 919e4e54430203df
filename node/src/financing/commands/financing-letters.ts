import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { financingRequestHeld } from '../domain/problems.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';

/** What shows a lender documents leaves while the financing runs and its grant stands: a lender that was down is shown nothing of what is over. */
@Injectable()
export class FinancingLetters {
  constructor(
    private readonly positions: Positions,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
    private readonly exchange: Exchange,
  ) {
    exchange.leavesIf('financing.request', (financing) => this.shows(financing));
    exchange.leavesIf('financing.evidence', async (id) => (await this.shows(id)) && this.follows(id));
  }

  private async shows(id: Hex): Promise<boolean> {
    const { status } = await this.positions.get(id);
    return !isOver(status) && this.showing.stands(await this.grants.ofFinancing(id));
  }

  /** Ahead of a request that was set aside its lender would refuse evidence for good. Throws FINANCING_REQUEST_HELD. */
  private async follows(id: Hex): Promise<true> {
    if (!(await this.exchange.isSetAside('financing.request', id))) return true;
    throw financingRequestHeld('retry or discard the request, which is set aside', { financing: id });
  }
}
