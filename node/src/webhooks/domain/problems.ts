import { defineProblem } from '../../kernel/problem.js';

export const webhookUnknown = defineProblem({
  code: 'WEBHOOK_UNKNOWN',
  status: 404,
  title: 'No such webhook',
});

export const webhookUrlRefused = defineProblem({
  code: 'WEBHOOK_URL_REFUSED',
  status: 422,
  title: 'Events are not sent to such an address',
});

export const webhooksTooMany = defineProblem({
  code: 'WEBHOOKS_TOO_MANY',
  status: 409,
  title: 'This node has as many webhooks as it serves',
});
