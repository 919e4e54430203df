import { Config } from '../../config/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { ApprovalStore } from './approval.store.js';

const forgetApprovals = defineJob({ name: 'policies.forget-approvals' });

const BATCH = 5_000;
const HOUR_MS = 3_600_000;

/** Empties approvals whose time is over, and deletes those that were kept as long as the settings say. */
@JobHandler(forgetApprovals, { everyMs: HOUR_MS })
export class ForgetApprovals implements JobProcessor<object> {
  constructor(
    private readonly config: Config,
    private readonly approvals: ApprovalStore,
  ) {}

  async handle(): Promise<void> {
    await this.approvals.expire();
    const days = this.config.approvalRetentionDays;
    while ((await this.approvals.forget(days, BATCH)) === BATCH);
  }
}
