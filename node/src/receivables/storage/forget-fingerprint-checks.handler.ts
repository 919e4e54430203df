import { Config } from '../../config/index.js';
import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { FingerprintChecks } from './fingerprint-checks.js';

const forgetChecks = defineJob({ name: 'receivables.forget-fingerprint-checks' });

const BATCH = 5_000;
const HOUR_MS = 3_600_000;

/** Deletes advisory checks of fingerprints, once they have been kept as long as the settings say. */
@JobHandler(forgetChecks, { everyMs: HOUR_MS })
export class ForgetFingerprintChecks implements JobProcessor<object> {
  constructor(
    private readonly config: Config,
    private readonly checks: FingerprintChecks,
  ) {}

  async handle(): Promise<void> {
    const days = this.config.fingerprintCheckRetentionDays;
    while ((await this.checks.forget(days, BATCH)) === BATCH);
  }
}
