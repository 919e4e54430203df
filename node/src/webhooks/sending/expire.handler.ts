import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { DeliveryStore } from '../storage/delivery.store.js';

const expireDeliveries = defineJob({ name: 'webhooks.expire-deliveries' });

const BATCH = 10_000;
const HOUR_MS = 3_600_000;

/** Forgets settled deliveries after their 30 days. */
@JobHandler(expireDeliveries, { everyMs: HOUR_MS })
export class ExpireDeliveries implements JobProcessor<object> {
  constructor(private readonly deliveries: DeliveryStore) {}

  async handle(): Promise<void> {
    while ((await this.deliveries.expire(BATCH)) === BATCH);
  }
}
