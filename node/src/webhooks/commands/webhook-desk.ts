import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { BEGINNING, type EventFilter, parsePosition, type Position, ReadEvents } from '../../events/index.js';
import { MOST_WEBHOOKS } from '../domain/limits.js';
import { webhooksTooMany, webhookUnknown } from '../domain/problems.js';
import { newSecret } from '../domain/signature.js';
import type { Webhook } from '../domain/webhook.js';
import { Dispatcher } from '../sending/dispatcher.js';
import { WebhookPost } from '../sending/webhook-post.js';
import { WebhookStore } from '../storage/webhook.store.js';

/** Where to begin, or to go on: the id of the last event that the receiver has, or one end of the stream. */
export type From = 'now' | 'beginning' | { readonly after: string };

/** What this member's administrators do with webhooks. All within the current unit of work. */
@Injectable()
export class WebhookDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: WebhookStore,
    private readonly events: ReadEvents,
    private readonly post: WebhookPost,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Problems: WEBHOOK_URL_REFUSED, WEBHOOKS_TOO_MANY, EVENT_ID_INVALID. `secret` is shown this once. */
  async create(
    wish: { url: string; description: string; filter: EventFilter; from: From },
    createdBy: string,
  ): Promise<{ webhook: Webhook; secret: string }> {
    this.post.requireUrl(wish.url);
    if ((await this.webhooks.lockedCount()) >= MOST_WEBHOOKS)
      throw webhooksTooMany(`${MOST_WEBHOOKS} are served`, { limit: MOST_WEBHOOKS });
    const secret = newSecret();
    const position = await this.positionOf(wish.from);
    const webhook = await this.webhooks.insert({ ...wish, secret, position, createdBy });
    this.unitOfWork.afterCommit(() => this.dispatcher.wake());
    return { webhook, secret };
  }

  /** Problem: WEBHOOK_UNKNOWN. */
  async remove(id: string): Promise<Webhook> {
    const webhook = await this.get(id);
    await this.webhooks.remove(id);
    return webhook;
  }

  /** A new signing secret, shown this once. Problem: WEBHOOK_UNKNOWN. */
  async rotate(id: string, overlapSeconds: number): Promise<{ webhook: Webhook; secret: string }> {
    await this.get(id);
    const secret = newSecret();
    await this.webhooks.rotate(id, secret, overlapSeconds);
    return { webhook: await this.get(id), secret };
  }

  /**
   * Sends from there on, again or leaving out; without `from` what waits, and what comes after it. Enables a webhook that was
   * disabled. Problems: WEBHOOK_UNKNOWN, EVENT_ID_INVALID.
   */
  async replay(id: string, from?: From): Promise<Webhook> {
    await this.get(id);
    if (from === undefined) await this.webhooks.resume(id);
    else await this.webhooks.replay(id, await this.positionOf(from));
    this.unitOfWork.afterCommit(() => this.dispatcher.wake());
    return this.get(id);
  }

  /** Problem: WEBHOOK_UNKNOWN. */
  async get(id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(id);
    if (!webhook) throw webhookUnknown('no webhook has this id', { id });
    return webhook;
  }

  private async positionOf(from: From): Promise<Position> {
    if (from === 'beginning') return BEGINNING;
    return from === 'now' ? this.events.end() : parsePosition(from.after);
  }
}
