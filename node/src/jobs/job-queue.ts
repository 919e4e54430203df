import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import type { QueueBackend } from './backend.js';
import type { Job } from './job.js';

/** Injection token of the opened {@link QueueBackend}. */
export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

export interface AddOptions {
  /** Not before this many ms. */
  readonly delayMs?: number;
  /** While a job of this kind and key waits, no second is added; if one is running, one more follows it. */
  readonly dedupe?: string;
}

/** Wakes a handler, in whichever process. The row that the handler will look for is written by the caller. */
@Injectable()
export class JobQueue {
  private readonly logger = new Logger(JobQueue.name);

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly unitOfWork: UnitOfWork,
  ) {
    backend.queue.on('error', (error) => this.logger.error({ err: error }, 'the job queue is unreachable'));
  }

  /** Adds a job once the current unit of work has committed (at once outside of one); never if it rolls back. */
  add<Payload extends object>(job: Job<Payload>, payload: Payload, options: AddOptions = {}): void {
    const { delayMs, dedupe } = options;
    this.unitOfWork.afterCommit(async () => {
      await this.backend.queue.add(job.name, payload, {
        delay: delayMs,
        ...(dedupe === undefined ? {} : { deduplication: { id: `${job.name}:${dedupe}`, keepLastIfActive: true } }),
      });
    });
  }
}
