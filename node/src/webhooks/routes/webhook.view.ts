import { z } from 'zod';
import { formatPosition } from '../../events/index.js';
import { DELIVERY_STATUSES, type DeliveryRow } from '../queries/delivery-list.js';
import { WEBHOOK_STATUSES, type Webhook } from '../domain/webhook.js';

export const webhookView = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()).nullable().describe('Names of the events that it gets; null for all.'),
  object: z.string().nullable(),
  status: z
    .enum(WEBHOOK_STATUSES)
    .describe('DISABLED after five days and sixty failures, or when the receiver answers 410.'),
  position: z.string().describe('Id of the last event written down for it; what waits comes before: see deliveries.'),
  failures: z.int().describe('Attempts that failed in a row.'),
  failingSince: z.iso.datetime().nullable(),
  lastError: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable().describe('When it is tried again, if the last attempt failed.'),
  rotatingUntil: z.iso.datetime().nullable().describe('Until when the secret before the last rotation signs too.'),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type WebhookView = z.output<typeof webhookView>;

export const webhookWithSecret = webhookView.extend({
  secret: z.string().describe('Signing secret, as the Standard Webhooks specification writes it. Shown this once.'),
});

export const deliveryView = z.object({
  id: z.string().describe('The header webhook-id: the same for each attempt.'),
  event: z.string().describe('Id of the event: where to replay from.'),
  type: z.string(),
  object: z.string().nullable(),
  status: z.enum(DELIVERY_STATUSES).describe('SKIPPED: a replay from elsewhere came before it was sent.'),
  attempts: z.int(),
  httpStatus: z.int().nullable().describe("The receiver's last answer."),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
});
export type DeliveryView = z.output<typeof deliveryView>;

export function toWebhookView({ filter, position, ...webhook }: Webhook): WebhookView {
  return {
    id: webhook.id,
    url: webhook.url,
    description: webhook.description,
    types: filter.types ? [...filter.types] : null,
    object: filter.object ?? null,
    status: webhook.status,
    position: formatPosition(position),
    failures: webhook.failures,
    failingSince: webhook.failingSince?.toISOString() ?? null,
    lastError: webhook.lastError,
    nextAttemptAt: webhook.failures > 0 && webhook.status === 'ENABLED' ? webhook.nextAttemptAt.toISOString() : null,
    rotatingUntil: webhook.rotatingUntil?.toISOString() ?? null,
    createdBy: webhook.createdBy,
    createdAt: webhook.createdAt.toISOString(),
  };
}

export function toDeliveryView({ id, eventId, ...row }: DeliveryRow): DeliveryView {
  return {
    id,
    event: eventId,
    type: row.type,
    object: row.object,
    status: row.status,
    attempts: row.attempts,
    httpStatus: row.httpStatus,
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
