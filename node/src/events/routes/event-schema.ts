import { z } from 'zod';
import { describeSchema, describeWebhook } from '../../http/index.js';
import { CONTRACT_NAMES, EVENT_NAMES } from '../../kernel/contract-events.generated.js';
import { newsTypes } from '../../kernel/news.js';
import { eventTypes, REWOUND } from '../domain/event-types.js';

const object = z.string().describe('Id of what it is about, if it is about one thing.').nullable();
const at = z.iso.datetime({ offset: true });
const argument = z.union([z.int(), z.boolean(), z.string(), z.array(z.union([z.int(), z.boolean(), z.string()]))]);

const onChain = z.object({
  object,
  at: at.describe('Block time.'),
  block: z.int(),
  contract: z.enum(CONTRACT_NAMES),
  transaction: z.string(),
  args: z
    .record(z.string(), argument)
    .describe(
      'By name, as the contract’s event of this name has them. Unsigned integers up to 64 bits are numbers; wider ones, bytes and addresses 0x and hex digits.',
    ),
});
const rewound = z.object({
  object: z.null(),
  at: at.describe('When it was noticed.'),
  block: z.int().describe('All events of blocks above this one are taken back; what took their place follows.'),
});
const news = (data: z.ZodObject) => z.object({ object, at: at.describe('When it happened here.'), data });

/** What events tell by their names: those of one form together. */
function forms(): { types: string[]; told: z.ZodObject }[] {
  const byData = new Map<z.ZodObject, string[]>();
  for (const { name, data } of newsTypes()) byData.set(data, [...(byData.get(data) ?? []), name]);
  return [
    { types: [...EVENT_NAMES], told: onChain },
    { types: [REWOUND], told: rewound },
    ...[...byData].map(([data, types]) => ({ types, told: news(data) })),
  ];
}

const plain = (schema: z.ZodType): object => {
  const { $schema, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  void $schema;
  return json;
};

/** Reference to the names of all events. */
export const eventType = describeSchema('EventType', () => ({
  type: 'string',
  enum: eventTypes(),
  description: 'Name of an event: of a registry’s, or of this node’s own.',
}));

/** Reference to what `data:` of the stream is. */
export const streamEvent = describeSchema('StreamEvent', () => ({
  oneOf: forms().map(({ types, told }) =>
    plain(
      told.extend({
        id: z.string().describe('Where the stream goes on after it: Last-Event-ID.'),
        type: z.enum(types),
      }),
    ),
  ),
}));

const webhookMessage = describeSchema('WebhookMessage', () => ({
  oneOf: forms().map(({ types, told }) =>
    plain(
      z.object({
        type: z.enum(types),
        timestamp: at.nullable(),
        data: told.extend({ id: z.string().describe('Id of the event: where to replay from.') }),
      }),
    ),
  ),
}));

const header = (name: string, description: string) => ({
  ...{ name, in: 'header', required: true, description },
  schema: { type: 'string' },
});

describeWebhook('event', () => ({
  post: {
    operationId: 'Webhooks.event',
    tags: ['webhooks'],
    summary: 'An event, as a webhook’s receiver gets it: in order, each at least once.',
    parameters: [
      header('webhook-id', 'Of the message: the same for each attempt.'),
      header('webhook-timestamp', 'When this attempt was made: seconds since 1970.'),
      header('webhook-signature', 'As the Standard Webhooks specification says; two while a secret is replaced.'),
    ],
    requestBody: { required: true, content: { 'application/json': { schema: webhookMessage } } },
    responses: {
      '2XX': { description: 'The receiver has it.' },
      '410': { description: 'The receiver wants no more: the webhook is disabled.' },
    },
  },
}));
