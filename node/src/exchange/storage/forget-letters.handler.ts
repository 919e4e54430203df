import { Config } from '../../config/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { DayQuota } from './day-quota.js';
import { Inbox } from './inbox.js';
import { Outbox } from './outbox.js';

const forgetLetters = defineJob({ name: 'exchange.forget-letters' });

const BATCH = 5_000;
const HOUR_MS = 3_600_000;

/** Deletes envelopes that are done with, once they have been kept as long as the settings say, and the content of dropped ones before. */
@JobHandler(forgetLetters, { everyMs: HOUR_MS })
export class ForgetLetters implements JobProcessor<object> {
  constructor(
    private readonly config: Config,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly quota: DayQuota,
  ) {}

  async handle(): Promise<void> {
    await this.quota.forget();
    await this.outbox.emptyDropped();
    const days = this.config.letterRetentionDays;
    for (const box of [this.inbox, this.outbox]) while ((await box.forget(days, BATCH)) === BATCH);
  }
}
