import { EVENT_NAMES } from '../../kernel/contract-events.generated.js';
import { newsTypes } from '../../kernel/news.js';
import { eventTypeUnknown } from './problems.js';

/** Takes back what was told of the chain, and passes every filter. */
export const REWOUND = 'chain.rewound';

/** Names of all events that there are: what registries say, what this node tells by itself, and rewinds. */
export const eventTypes = (): string[] => [...EVENT_NAMES, REWOUND, ...newsTypes().map(({ name }) => name)];

/** The names that a filter is made of, each once. Throws EVENT_TYPE_UNKNOWN: an event that is none would never come. */
export function eventTypesAmong(given: readonly string[]): string[] {
  const names = [...new Set(given.map((name) => name.trim()))];
  const known = new Set(eventTypes());
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw eventTypeUnknown('the description of the API (/openapi.json) lists them as EventType', { unknown });
  return names;
}
