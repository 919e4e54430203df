import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/index.js';

/** Sends spans to the collector that the settings name. */
@Module({})
export class TracingModule implements OnModuleInit, OnApplicationShutdown {
  private stop: () => Promise<void> = () => Promise.resolve();

  constructor(private readonly config: Config) {}

  async onModuleInit(): Promise<void> {
    const { tracesUrl, member } = this.config;
    if (!tracesUrl) return;
    // Some megabytes, and tens of milliseconds, that a node without a collector does without.
    const { startTracing } = await import('./start-tracing.js');
    this.stop = startTracing(tracesUrl, member);
  }

  /** Last spans are sent; a collector that is down holds nothing up. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop().catch(() => undefined);
  }
}
