export { EventsModule } from './events.module.js';
export { Rewinds, SENT_AGAIN_WITHIN } from './queries/rewinds.js';
export { News, type NewsItem } from './storage/news.js';
