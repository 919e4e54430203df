import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Job, Worker } from 'bullmq';
import { Config } from '../config/index.js';
import { spanned } from '../tracing/index.js';
import type { QueueBackend } from './backend.js';
import { JOB_HANDLER, type JobHandlerMetadata, type JobProcessor } from './job-handler.js';
import { QUEUE_BACKEND } from './job-queue.js';

/** How often repeating jobs are looked for: a queue that was lost has lost them too. */
const REPAIR_MS = 5_000;

interface Handler extends JobHandlerMetadata {
  readonly processor: JobProcessor<object>;
}

/** Checks that no job has two handlers, and runs them in processes with the role `worker`. */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(JobWorker.name);
  private worker?: Worker;
  private repair?: NodeJS.Timeout;
  private turn = 0;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const handlers = this.handlers();
    if (!this.config.roles.includes('worker')) return;
    for (const handler of handlers.values()) await this.schedule(handler);
    const worker = await this.backend.work(async (job) => {
      const handler = handlers.get(job.name);
      if (!handler) return this.dropUnknown(job);
      const run = spanned(`job ${job.name}`, { 'job.attempt': job.attemptsMade + 1 }, () =>
        handler.processor.handle(job.data as object),
      );
      this.running.add(run);
      await run.finally(() => this.running.delete(run));
    });
    this.worker = worker;
    const unreachable = (error: unknown) => this.logger.error({ err: error }, 'the job queue is unreachable');
    worker.on('failed', (job, error) => this.logger.warn({ err: error, job: job?.name }, 'a job failed'));
    worker.on('error', unreachable);
    void worker.run().catch(unreachable);
    this.repair = setInterval(() => void this.scheduleLost(handlers), REPAIR_MS).unref();
  }

  /** Lets running jobs end, and takes no more. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.repair);
    if (this.backend.isThere()) return this.worker?.close();
    // The worker would wait until it can tell the queue how they ended.
    await Promise.allSettled(this.running);
    await this.worker?.close(true);
  }

  private async schedule({ name, everyMs }: Handler): Promise<void> {
    if (everyMs) await this.backend.queue.upsertJobScheduler(name, { every: everyMs }, { name, data: {} });
    else await this.backend.queue.removeJobScheduler(name);
  }

  /** What a release before this one repeated comes again for ever. Problem: any other job is known to some process. */
  private async dropUnknown({ name, repeatJobKey }: Job): Promise<void> {
    if (!repeatJobKey) throw new Error(`no handler for job ${name}`);
    this.logger.warn({ job: name }, 'a repeating job that nothing here handles is taken off the queue');
    await this.backend.queue.removeJobScheduler(repeatJobKey);
  }

  private async scheduleLost(handlers: ReadonlyMap<string, Handler>): Promise<void> {
    if (!this.backend.isThere()) return;
    const repeating = [...handlers.values()].filter(({ everyMs }) => everyMs);
    try {
      // Two questions while nothing is lost, not one a job: their number, and one by turns, since what another release repeats counts too.
      const lacking = (await this.backend.queue.getJobSchedulersCount()) < repeating.length;
      const suspects = lacking ? repeating : repeating.splice(this.turn++ % Math.max(1, repeating.length), 1);
      for (const handler of suspects) {
        if (await this.backend.queue.getJobScheduler(handler.name)) continue;
        this.logger.warn({ job: handler.name }, 'the queue has lost a repeating job: scheduling it anew');
        await this.schedule(handler);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'repeating jobs cannot be looked for now');
    }
  }

  private handlers(): Map<string, Handler> {
    const handlers = new Map<string, Handler>();
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!metatype) continue;
      const metadata = Reflect.getMetadata(JOB_HANDLER, metatype) as JobHandlerMetadata | undefined;
      if (!metadata) continue;
      if (handlers.has(metadata.name)) throw new Error(`job ${metadata.name} has more than one handler`);
      handlers.set(metadata.name, { ...metadata, processor: instance as JobProcessor<object> });
    }
    return handlers;
  }
}
