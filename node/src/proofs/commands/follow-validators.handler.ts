import { defineJob, JobHandler, type JobProcessor } from '../../jobs/index.js';
import { IndexHead } from '../../indexer/index.js';
import { FollowValidators } from './follow-validators.js';

const followValidators = defineJob({ name: 'proofs.follow-validators' });

const EVERY_MS = 30_000;

/** Nobody need ask for a proof for the checkpoint to move on. */
@JobHandler(followValidators, { everyMs: EVERY_MS })
export class FollowValidatorsHandler implements JobProcessor<object> {
  constructor(
    private readonly validators: FollowValidators,
    private readonly head: IndexHead,
  ) {}

  async handle(): Promise<void> {
    const { number } = this.head.current();
    if (number > 0) await this.validators.upTo(number);
  }
}
