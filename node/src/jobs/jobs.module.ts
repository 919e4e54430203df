import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Config } from '../config/index.js';
import { openBackend, type QueueBackend } from './backend.js';
import { JobQueue, QUEUE_BACKEND } from './job-queue.js';
import { JobWorker } from './job-worker.js';
import { RoundRunner } from './round-runner.js';

/** Background work: on BullMQ, and what is looked at every few seconds. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    // Depends on DataSource only so that the database is known to be there first.
    { provide: QUEUE_BACKEND, inject: [Config, DataSource], useFactory: openBackend },
    JobQueue,
    JobWorker,
    RoundRunner,
  ],
  exports: [JobQueue],
})
export class JobsModule implements OnApplicationShutdown {
  constructor(@Inject(QUEUE_BACKEND) private readonly backend: QueueBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
