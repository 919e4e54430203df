import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { News, passes, ReadEvents } from '../../events/index.js';
import type { Failure } from '../domain/outcome.js';
import {
  ANSWER_WITHIN_MS,
  GIVE_UP_AFTER_FAILURES,
  GIVE_UP_AFTER_MS,
  LEASE_MS,
  pauseAfter,
  PLANNED_AT_ONCE,
} from '../domain/limits.js';
import { webhookDisabled } from '../domain/news.js';
import { DeliveryStore, type PendingDelivery } from '../storage/delivery.store.js';
import { type Held, Leases } from '../storage/leases.js';
import { WebhookPost } from './webhook-post.js';

/**
 * Writes events down for a webhook, then sends them. Written down first, so that a repeat after a kill has the same id and
 * the same bytes, and a receiver can tell that it is one.
 */
@Injectable()
export class Sender {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: ReadEvents,
    private readonly leases: Leases,
    private readonly deliveries: DeliveryStore,
    private readonly post: WebhookPost,
    private readonly news: News,
  ) {}

  /** Sends up to `most` events in order, as long as `open` says. Gives whether there may be more. Rejects only when the database does. */
  async sendSome(webhook: string, most: number, open: () => boolean): Promise<boolean> {
    if (!(await this.isSomethingToDo(webhook))) return false;
    const held = await this.leases.hold(webhook);
    if (!held || !open()) return false;
    const pending = await this.deliveries.pending(webhook, most);
    if (pending.length === 0) return this.plan(held);
    return this.sendAll(held, pending, open);
  }

  /** Asked before the lease is taken: a webhook at rest costs no write at each block. */
  private async isSomethingToDo(webhook: string): Promise<boolean> {
    const progress = await this.deliveries.progress(webhook);
    if (!progress) return false;
    return progress.waiting || (await this.events.after(progress.position, 1)).length > 0;
  }

  /** Whether events were written down or passed over. */
  private async plan({ id, position, filter }: Held): Promise<boolean> {
    const events = await this.events.after(position, PLANNED_AT_ONCE);
    const last = events.at(-1);
    if (!last) return false;
    const wanted = events.filter((event) => passes(event, filter));
    return this.unitOfWork.run(async () => {
      if (!(await this.leases.confirm(id))) return false;
      await this.deliveries.plan(id, wanted, last.position);
      return true;
    });
  }

  private async sendAll(held: Held, pending: readonly PendingDelivery[], open: () => boolean): Promise<boolean> {
    const stopAt = performance.now() + LEASE_MS - ANSWER_WITHIN_MS;
    const delivered = new Map<string, number>();
    for (const { seq, id, body } of pending) {
      if (!open() || performance.now() > stopAt) break;
      const timestamp = Math.floor(Date.now() / 1000);
      const outcome = await this.post.attempt(held.url, { id, timestamp, body }, held.secrets);
      if (!outcome.delivered) {
        await this.settle(held, delivered, { seq, outcome });
        return false;
      }
      delivered.set(seq, outcome.httpStatus);
    }
    return this.settle(held, delivered);
  }

  /** Whether the webhook is still ours and as it was. */
  private settle(
    held: Held,
    delivered: ReadonlyMap<string, number>,
    failure?: { seq: string; outcome: Failure },
  ): Promise<boolean> {
    const failures = (delivered.size > 0 ? 0 : held.failures) + 1;
    return this.unitOfWork.run(async () => {
      if (!(await this.leases.confirm(held.id))) return false;
      if (delivered.size > 0) await this.deliveries.delivered(held.id, delivered);
      if (!failure) return true;
      const limits = {
        pauseMs: pauseAfter(failures),
        giveUpMs: GIVE_UP_AFTER_MS,
        giveUpFailures: GIVE_UP_AFTER_FAILURES,
      };
      const goesOn = await this.deliveries.failed(held.id, failure.seq, failure.outcome, limits);
      if (!goesOn) await this.news.add(webhookDisabled({ data: { webhook: held.id } }));
      return goesOn;
    });
  }
}
