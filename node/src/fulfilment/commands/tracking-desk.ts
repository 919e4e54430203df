import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { requireParty } from '../../orders/domain/require-act.js';
import { Orders } from '../../orders/index.js';
import { trackingLinkLimitReached, trackingLinkUnknown, trackingPeriodInvalid } from '../domain/problems.js';
import { newTrackingToken, type TrackingToken } from '../domain/tracking-token.js';
import { type TrackingLink, TrackingLinks } from '../storage/tracking-links.js';

const LONGEST = 2 * 366 * 86_400;

/** Most links of an order that show something at a time. */
export const MOST_LINKS = 200;

/** A party of an order lets an end customer follow it, and ends that. */
@Injectable()
export class TrackingDesk {
  constructor(
    private readonly orders: Orders,
    private readonly members: Members,
    private readonly links: TrackingLinks,
    private readonly head: IndexHead,
  ) {}

  /** `until` is block time in seconds. Refuses with ORDER_UNAUTHORIZED, TRACKING_PERIOD_INVALID, TRACKING_LINK_LIMIT_REACHED. */
  async make(order: Hex, until: number, madeBy: string): Promise<{ link: TrackingLink; token: TrackingToken }> {
    await this.requireParty(order);
    const now = this.head.current().timestamp;
    if (until <= now || until > now + LONGEST) throw trackingPeriodInvalid('choose an end', { until, now });
    await this.links.lock(order);
    if ((await this.links.countLive(order, now)) >= MOST_LINKS) {
      throw trackingLinkLimitReached('revoke some that nobody needs', { order, limit: MOST_LINKS });
    }
    const token = newTrackingToken();
    await this.links.add({ id: token.id, order, secretHash: token.secretHash, until, madeBy });
    return { link: (await this.links.find(token.id))!, token };
  }

  /** Oldest first, up to `limit` after the link `after`. Refuses with ORDER_UNAUTHORIZED. */
  async of(order: Hex, limit: number, after?: string): Promise<TrackingLink[]> {
    await this.requireParty(order);
    return this.links.of(order, limit, after);
  }

  /** Refuses with ORDER_UNAUTHORIZED, TRACKING_LINK_UNKNOWN. */
  async revoke(order: Hex, id: string): Promise<TrackingLink> {
    await this.requireParty(order);
    const link = await this.links.find(id);
    if (link?.order !== order) throw trackingLinkUnknown('none of its links has this id', { order, link: id });
    await this.links.revoke(id);
    return (await this.links.find(id))!;
  }

  private async requireParty(id: Hex): Promise<void> {
    const [order, self] = await Promise.all([this.orders.get(id), this.members.self()]);
    requireParty(order, self.id, ['BUYER', 'SUPPLIER']);
  }
}
