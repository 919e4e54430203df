import { Global, Module } from '@nestjs/common';
import { EventSignal } from './queries/event-signal.js';
import { FollowEvents } from './queries/follow-events.js';
import { ReadEvents } from './queries/read-events.js';
import { Rewinds } from './queries/rewinds.js';
import { EventRoutes } from './routes/events.routes.js';
import { News } from './storage/news.js';
import { NewsEpoch } from './storage/news-epoch.js';

/** What happens, as it happens, to whoever wants to know. */
@Global()
@Module({
  controllers: [EventRoutes],
  providers: [EventSignal, FollowEvents, ReadEvents, Rewinds, News, NewsEpoch],
  exports: [EventSignal, ReadEvents, News, Rewinds],
})
export class EventsModule {}
