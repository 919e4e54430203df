import { Module } from '@nestjs/common';
import { DiscoveryModule, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Config, KeyFile } from '../config/index.js';
import { AtRest } from '../kernel/at-rest.js';
import { MembersModule } from '../members/index.js';
import { DiscardSetAside } from './commands/discard-set-aside.js';
import { FileSetAside } from './commands/file-set-aside.js';
import { RetrySetAside } from './commands/retry-set-aside.js';
import { largestSealedBytes } from './domain/limits.js';
import { Exchange } from './exchange.js';
import { ExchangeKeys } from './keys.js';
import { CertificatesInForce } from './mutual-tls/certificates-in-force.js';
import { MutualTlsDoor } from './mutual-tls/door.js';
import { SetAsideList } from './queries/set-aside.js';
import { UnfinishedLetters } from './queries/unfinished-letters.js';
import { OwnStanding } from './queries/own-standing.js';
import { Authenticate } from './receiving/authenticate.js';
import { BodiesAtOnce } from './receiving/bodies-at-once.js';
import { Dispatch } from './receiving/dispatch.js';
import { EnvelopeHandlers } from './receiving/handlers.js';
import { Receive } from './receiving/receive.js';
import { EnvelopeRoutes } from './routes/envelopes.routes.js';
import { SetAsideRoutes } from './routes/set-aside.routes.js';
import { StandingRoutes } from './routes/standing.routes.js';
import { EXCHANGE_SECRETS, type ExchangeSecrets } from './secrets.js';
import { AddressRules } from '../outbound/index.js';
import { Conditions } from './sending/conditions.js';
import { Courier } from './sending/courier.js';
import { Delivery } from './sending/delivery.js';
import { ENVELOPES_PATH } from './sending/endpoint.js';
import { EnvelopePost } from './sending/post-envelope.js';
import { Receipts } from './sending/receipts.js';
import { WriteLetter } from './sending/write-letter.js';
import { DayQuota } from './storage/day-quota.js';
import { ExchangeMetrics } from './storage/exchange-metrics.js';
import { ForgetLetters } from './storage/forget-letters.handler.js';
import { Forgotten } from './storage/forgotten.js';
import { Inbox } from './storage/inbox.js';
import { Outbox } from './storage/outbox.js';

/** Signed and encrypted envelopes between members' nodes. */
@Module({
  imports: [DiscoveryModule, MembersModule],
  controllers: [EnvelopeRoutes, SetAsideRoutes, StandingRoutes],
  providers: [
    { provide: EXCHANGE_SECRETS, inject: [KeyFile], useFactory: ({ keys }: KeyFile) => keys },
    {
      provide: AtRest,
      inject: [EXCHANGE_SECRETS],
      useFactory: ({ vault }: ExchangeSecrets) => new AtRest(vault, 'exchange'),
    },
    CertificatesInForce,
    { provide: EnvelopePost, inject: [Config, CertificatesInForce], useFactory: openPost },
    MutualTlsDoor,
    Exchange,
    ExchangeKeys,
    EnvelopeHandlers,
    Outbox,
    Conditions,
    Courier,
    Delivery,
    Receipts,
    WriteLetter,
    Forgotten,
    Inbox,
    DayQuota,
    ForgetLetters,
    UnfinishedLetters,
    ExchangeMetrics,
    Receive,
    Authenticate,
    Dispatch,
    OwnStanding,
    SetAsideList,
    RetrySetAside,
    FileSetAside,
    DiscardSetAside,
  ],
  exports: [Exchange],
})
export class ExchangeModule {
  constructor(config: Config, door: MutualTlsDoor, { httpAdapter }: HttpAdapterHost) {
    const fastify = httpAdapter?.getInstance<FastifyInstance>();
    const bodies = new BodiesAtOnce(config.maxBodyBytes);
    fastify?.addHook('onRoute', (route) => {
      if (route.url !== `/${ENVELOPES_PATH}`) return;
      // An envelope is larger than the document in it, and only this route takes envelopes.
      route.bodyLimit = largestSealedBytes(config.maxBodyBytes);
      // Before a body is read.
      route.onRequest = (request, _reply, done) => done(door.refusal(request));
      route.preParsing = (request, reply, _body, done) => done(null, bodies.counted(request.raw, reply.raw));
    });
  }
}

function openPost({ exchangeNetworks: networks, embedded }: Config, certificates: CertificatesInForce): EnvelopePost {
  const post = new EnvelopePost(new AddressRules({ networks, embedded }), certificates.current);
  certificates.onChange((now) => post.renew(now));
  return post;
}
