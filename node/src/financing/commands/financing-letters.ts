import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { GrantStore, Showing } from '../../grants/index.js';
import type { Hex } from '../../kernel/hex.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';

/** What shows a lender documents leaves while the financing runs and its grant stands: a lender that was down is shown nothing of what is over. */
@Injectable()
export class FinancingLetters {
  constructor(
    private readonly positions: Positions,
    private readonly grants: GrantStore,
    private readonly showing: Showing,
    exchange: Exchange,
  ) {
    for (const type of ['financing.request', 'financing.evidence'])
      exchange.leavesIf(type, (financing) => this.shows(financing));
  }

  private async shows(id: Hex): Promise<boolean> {
    const { status } = await this.positions.get(id);
    return !isOver(status) && this.showing.stands(await this.grants.ofFinancing(id));
  }
}
