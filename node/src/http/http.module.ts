import { Global, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { ProblemFilter } from '../errors/index.js';
import { HealthIndicators } from '../health/index.js';
import { CommandSettler } from './commands/command-settler.js';
import { CommandTaker } from './commands/command-taker.js';
import { CommandInterceptor } from './commands/command.interceptor.js';
import { ItemGate } from './commands/item-gate.js';
import { Heads } from './heads.js';
import { Hooks } from './hooks.js';
import { AnswerCipher } from './idempotency/answer-cipher.js';
import { ExpireIdempotencyKeys } from './idempotency/expire.handler.js';
import { IdempotencyStore } from './idempotency/store.js';
import { DocsRoutes } from './openapi/docs.routes.js';
import { OpenApi } from './openapi/open-api.js';
import { QueryNames } from './query-names.js';
import { validationPipe } from './validation.js';

/** The conventions of the REST surface, for all rooms alike. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [DocsRoutes],
  providers: [
    AnswerCipher,
    CommandInterceptor,
    CommandSettler,
    CommandTaker,
    ExpireIdempotencyKeys,
    Heads,
    Hooks,
    IdempotencyStore,
    ItemGate,
    MetadataScanner,
    OpenApi,
    QueryNames,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [Heads, IdempotencyStore, ItemGate],
})
export class HttpModule implements OnModuleInit, OnModuleDestroy {
  constructor(
    private readonly hooks: Hooks,
    private readonly heads: Heads,
    private readonly indicators: HealthIndicators,
  ) {}

  onModuleInit(): void {
    if (this.heads.known) this.indicators.add('index', () => this.index());
  }

  onModuleDestroy(): void {
    this.hooks.close();
  }

  private index(): Promise<{ block: number; ageSeconds: number }> {
    const head = this.heads.current();
    if (!head) return Promise.reject(new Error('no block is indexed yet'));
    return Promise.resolve({ block: head.number, ageSeconds: Math.round(Date.now() / 1000 - head.timestamp) });
  }
}
