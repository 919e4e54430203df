export { BEGINNING, formatPosition, parsePosition, type Position } from './domain/position.js';
export { type EventFilter, passes, type StreamEvent } from './domain/stream-event.js';
export { EventsModule } from './events.module.js';
export { Rewinds, SENT_AGAIN_WITHIN } from './queries/rewinds.js';
export { EventSignal } from './queries/event-signal.js';
export { ReadEvents } from './queries/read-events.js';
export { eventTypesAmong } from './domain/event-types.js';
export { eventType } from './routes/event-schema.js';
export { News } from './storage/news.js';
