import type { EventFilter, Position } from '../../events/index.js';

export const WEBHOOK_STATUSES = ['ENABLED', 'DISABLED'] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** A receiver of this member's own that events are sent to. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly filter: EventFilter;
  readonly status: WebhookStatus;
  /** up to where events are written down for it */
  readonly position: Position;
  /** attempts that failed since the last that did not */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** until when the secret before the last rotation signs too */
  readonly rotatingUntil: Date | null;
}
