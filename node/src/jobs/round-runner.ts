import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Config } from '../config/index.js';
import { spanned } from '../tracing/index.js';
import { ROUND_HANDLER, type RoundHandlerOptions, type RoundProcessor } from './round-handler.js';
import { Rounds } from './rounds.js';

/** After this (ms) a look is given up for hung, as where the database's host vanished, and the next one begins. */
const PATIENCE_MS = 60_000;

/** Goes round all rounds, each by itself, in processes with the role `worker`. */
@Injectable()
export class RoundRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RoundRunner.name);
  private readonly rounds: Rounds[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const handlers = this.handlers();
    if (!this.config.roles.includes('worker')) return;
    for (const [options, processor] of handlers) this.start(options, processor);
  }

  /** Lets looks under way end, and begins no other. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.rounds.map((rounds) => rounds.stop()));
  }

  private handlers(): [RoundHandlerOptions, RoundProcessor][] {
    return this.discovery.getProviders().flatMap(({ instance, metatype }): [RoundHandlerOptions, RoundProcessor][] => {
      const options = metatype && (Reflect.getMetadata(ROUND_HANDLER, metatype) as RoundHandlerOptions | undefined);
      return options ? [[options, instance as RoundProcessor]] : [];
    });
  }

  private start({ name, everyMs }: RoundHandlerOptions, processor: RoundProcessor): void {
    // While the database is away each look fails alike: once is enough to say so.
    let told: string | undefined;
    const look = async () => {
      await inTime(spanned(`round ${name}`, {}, () => processor.handle()));
      told = undefined;
    };
    const onFault = (error: unknown) => {
      if (told === String(error)) return;
      told = String(error);
      this.logger.warn({ err: error, round: name }, 'a round failed: the next one looks again');
    };
    const rounds = new Rounds(look, { everyMs, gapMs: 0, onFault });
    rounds.start(() => () => {});
    this.rounds.push(rounds);
  }
}

async function inTime(look: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`it takes longer than ${PATIENCE_MS / 1000} s: the next look begins beside it`);
    timer = setTimeout(() => reject(error), PATIENCE_MS).unref();
  });
  try {
    await Promise.race([look, late]);
  } finally {
    clearTimeout(timer);
  }
}
