import { Inject, Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import type { QueueBackend } from './backend.js';
import type { Job } from './job.js';

/** Injection token of the opened {@link QueueBackend}. */
export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

/** For so long (ms) a wake-up may be on its way. */
const PATIENCE_MS = 5_000;
/** How often (ms) wake-ups that failed are told of: while the queue is away each write has one. */
const TELL_MS = 30_000;

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
  private toldAt = -Infinity;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    private readonly unitOfWork: UnitOfWork,
  ) {
    backend.queue.on('error', (error) => this.logger.error({ err: error }, 'the job queue is unreachable'));
  }

  /**
   * Adds a job once the current unit of work has committed (at once outside of one); never if it rolls back. A queue that is away
   * takes none, and holds up nobody: whoever handles it finds the row by itself, later.
   */
  add<Payload extends object>(job: Job<Payload>, payload: Payload, options: AddOptions = {}): void {
    this.unitOfWork.afterCommit(() => this.put(job, payload, options).catch((error: unknown) => this.tell(error)));
  }

  private async put<Payload extends object>({ name }: Job<Payload>, payload: Payload, options: AddOptions) {
    const { delayMs, dedupe } = options;
    if (!this.backend.isThere()) throw new Error('the job queue is away');
    const added = this.backend.queue.add(name, payload, {
      delay: delayMs,
      ...(dedupe === undefined ? {} : { deduplication: { id: `${name}:${dedupe}`, keepLastIfActive: true } }),
    });
    await inTime(added);
  }

  private tell(error: unknown): void {
    if (performance.now() - this.toldAt < TELL_MS) return;
    this.toldAt = performance.now();
    this.logger.warn({ err: error }, 'no job wakes anybody for now: what is due is found by itself, later');
  }
}

/** Rejects when it takes too long, as where the queue's host vanished; it may be added yet. */
async function inTime(added: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the job queue does not answer')), PATIENCE_MS);
  });
  try {
    await Promise.race([added, late]);
  } finally {
    clearTimeout(timer);
  }
}
