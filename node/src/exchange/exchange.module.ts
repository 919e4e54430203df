import { Module } from '@nestjs/common';
import { DiscoveryModule, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Config, KeyFile } from '../config/index.js';
import { AtRest } from '../kernel/at-rest.js';
import { MembersModule } from '../members/index.js';
import { DiscardSetAside } from './commands/discard-set-aside.js';
import { RetrySetAside } from './commands/retry-set-aside.js';
import { largestSealedBytes } from './domain/limits.js';
import { Exchange } from './exchange.js';
import { ExchangeKeys } from './keys.js';
import { SetAsideList } from './queries/set-aside.js';
import { Authenticate } from './receiving/authenticate.js';
import { Dispatch } from './receiving/dispatch.js';
import { EnvelopeHandlers } from './receiving/handlers.js';
import { Receive } from './receiving/receive.js';
import { EnvelopeRoutes } from './routes/envelopes.routes.js';
import { SetAsideRoutes } from './routes/set-aside.routes.js';
import { EXCHANGE_SECRETS, type ExchangeSecrets } from './secrets.js';
import { AddressRules } from '../outbound/index.js';
import { Courier } from './sending/courier.js';
import { Delivery } from './sending/delivery.js';
import { ENVELOPES_PATH } from './sending/endpoint.js';
import { EnvelopePost } from './sending/post-envelope.js';
import { Receipts } from './sending/receipts.js';
import { ForgetLetters } from './storage/forget-letters.handler.js';
import { Inbox } from './storage/inbox.js';
import { Outbox } from './storage/outbox.js';

/** Signed and encrypted envelopes between members' nodes. */
@Module({
  imports: [DiscoveryModule, MembersModule],
  controllers: [EnvelopeRoutes, SetAsideRoutes],
  providers: [
    { provide: EXCHANGE_SECRETS, inject: [KeyFile], useFactory: ({ keys }: KeyFile) => keys },
    {
      provide: AtRest,
      inject: [EXCHANGE_SECRETS],
      useFactory: ({ vault }: ExchangeSecrets) => new AtRest(vault, 'exchange'),
    },
    { provide: EnvelopePost, inject: [Config], useFactory: openPost },
    Exchange,
    ExchangeKeys,
    EnvelopeHandlers,
    Outbox,
    Courier,
    Delivery,
    Receipts,
    Inbox,
    ForgetLetters,
    Receive,
    Authenticate,
    Dispatch,
    SetAsideList,
    RetrySetAside,
    DiscardSetAside,
  ],
  exports: [Exchange],
})
export class ExchangeModule {
  constructor(config: Config, { httpAdapter }: HttpAdapterHost) {
    // An envelope is larger than the document in it, and only this route takes envelopes.
    const fastify = httpAdapter?.getInstance<FastifyInstance>();
    fastify?.addHook('onRoute', (route) => {
      if (route.url === `/${ENVELOPES_PATH}`) route.bodyLimit = largestSealedBytes(config.maxBodyBytes);
    });
  }
}

function openPost({ exchangeNetworks: networks, embedded }: Config): EnvelopePost {
  return new EnvelopePost(new AddressRules({ networks, embedded }));
}
