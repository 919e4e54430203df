import { defineProblem } from '../../kernel/problem.js';

export const eventIdInvalid = defineProblem({
  code: 'EVENT_ID_INVALID',
  status: 400,
  title: 'Not the id of an event of this stream',
});
export const eventStreamsTooMany = defineProblem({
  code: 'EVENT_STREAMS_TOO_MANY',
  status: 429,
  title: 'Too many event streams of one credential are open at this process',
});
export const eventTypeUnknown = defineProblem({
  code: 'EVENT_TYPE_UNKNOWN',
  status: 400,
  title: 'There are no events of this name',
});
