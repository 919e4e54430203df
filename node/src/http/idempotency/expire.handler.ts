import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { IdempotencyStore } from './store.js';

const expireIdempotencyKeys = defineJob({ name: 'http.expire-idempotency-keys' });

const BATCH = 10_000;
const HOUR_MS = 3_600_000;

/** Forgets keyed requests after their 30 days. */
@JobHandler(expireIdempotencyKeys, { everyMs: HOUR_MS })
export class ExpireIdempotencyKeys implements JobProcessor<object> {
  constructor(private readonly store: IdempotencyStore) {}

  async handle(): Promise<void> {
    while ((await this.store.expire(BATCH)) === BATCH);
  }
}
