import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ChainClient } from './chain-client.js';

const EVERY_MS = 30_000;

/** Has endpoints that nobody asks tried out every half minute: a fallback that is dead is known of before it is needed. */
export class EndpointWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(EndpointWatch.name);
  private timer?: NodeJS.Timeout;
  private trying = false;

  constructor(
    private readonly chain: Pick<ChainClient, 'tryIdleEndpoints'>,
    private readonly everyMs = EVERY_MS,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), this.everyMs).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    if (this.trying) return;
    this.trying = true;
    try {
      await this.chain.tryIdleEndpoints();
    } catch (error) {
      this.logger.error({ err: error }, 'endpoints of the chain could not be tried out');
    } finally {
      this.trying = false;
    }
  }
}
