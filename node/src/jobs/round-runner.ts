import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Config } from '../config/index.js';
import { spanned } from '../tracing/index.js';
import { ROUND_HANDLER, type RoundHandlerOptions, type RoundProcessor } from './round-handler.js';
import { Rounds } from './rounds.js';

/** Goes round the providers marked as {@link RoundHandler}, each by itself, in processes with the role `worker`. */
@Injectable()
export class RoundRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RoundRunner.name);
  private readonly rounds: Rounds[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    for (const { instance, metatype } of this.discovery.getProviders()) {
      const options = metatype && (Reflect.getMetadata(ROUND_HANDLER, metatype) as RoundHandlerOptions | undefined);
      if (options) this.start(options, instance as RoundProcessor);
    }
  }

  /** Lets looks under way end, and begins no other. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.rounds.map((rounds) => rounds.stop()));
  }

  private start({ name, everyMs }: RoundHandlerOptions, processor: RoundProcessor): void {
    const rounds = new Rounds(() => spanned(`round ${name}`, {}, () => processor.handle()), {
      everyMs,
      gapMs: 0,
      onFault: (error) => this.logger.warn({ err: error, round: name }, 'a round failed: the next one looks again'),
    });
    rounds.start(() => () => {});
    this.rounds.push(rounds);
  }
}
