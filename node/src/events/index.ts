export { EventsModule } from './events.module.js';
export { News, type NewsItem } from './storage/news.js';
