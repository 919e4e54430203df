import { defineJob } from '../jobs/index.js';
import type { Address } from '../kernel/ids.js';

/** Somebody put something into a lane. */
export const wakeLane = defineJob<{ account: Address }>({ name: 'submissions.wake-lane' });
