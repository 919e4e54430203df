import { UnitOfWork } from '../../database/index.js';
import { GrantStore } from '../../grants/index.js';
import { defineJob, eachInTurn, JobHandler, type JobProcessor } from '../../jobs/index.js';
import type { Hex } from '../../kernel/hex.js';
import { isOver } from '../domain/states.js';
import { Positions } from '../queries/positions.js';
import { FinancingGrants } from './financing-grants.js';

const endGrants = defineJob({ name: 'financing.end-grants' });

/** Ends the grants of financings that are over, whoever or whatever ended them. */
@JobHandler(endGrants, { everyMs: 5000 })
export class EndGrants implements JobProcessor<object> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: GrantStore,
    private readonly positions: Positions,
    private readonly grants: FinancingGrants,
  ) {}

  async handle(): Promise<void> {
    const open = await this.store.openOfFinancings();
    await eachInTurn(open, ({ grant }) => this.unitOfWork.run(() => this.endIfOver(grant.financing!)));
  }

  private async endIfOver(id: Hex): Promise<void> {
    const { financing, status } = await this.positions.lock(id);
    if (isOver(status)) await this.grants.end(financing);
  }
}
