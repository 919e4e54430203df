import { Global, Module, type OnModuleDestroy } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ProblemFilter } from '../errors/index.js';
import { CommandSettler } from './commands/command-settler.js';
import { CommandTaker } from './commands/command-taker.js';
import { CommandInterceptor } from './commands/command.interceptor.js';
import { Heads } from './heads.js';
import { Hooks } from './hooks.js';
import { ExpireIdempotencyKeys } from './idempotency/expire.handler.js';
import { IdempotencyStore } from './idempotency/store.js';
import { DocsRoutes } from './openapi/docs.routes.js';
import { OpenApi } from './openapi/open-api.js';
import { validationPipe } from './validation.js';

/** The conventions of the REST surface, for all rooms alike. */
@Global()
@Module({
  controllers: [DocsRoutes],
  providers: [
    CommandSettler,
    CommandTaker,
    ExpireIdempotencyKeys,
    Heads,
    Hooks,
    IdempotencyStore,
    OpenApi,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: CommandInterceptor },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
  exports: [Heads],
})
export class HttpModule implements OnModuleDestroy {
  constructor(private readonly hooks: Hooks) {}

  onModuleDestroy(): void {
    this.hooks.close();
  }
}
