import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DEPLOYMENT } from '../../chain/index.js';
import type { Deployment } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { sameSecret } from '../../kernel/prefixed-secret.js';
import { Orders } from '../../orders/index.js';
import { kindOf, MILESTONE_KINDS } from '../domain/milestone-kinds.js';
import { trackingRefused } from '../domain/problems.js';
import { parseTrackingToken } from '../domain/tracking-token.js';
import { Milestones } from '../storage/milestones.js';
import { TrackingLinks } from '../storage/tracking-links.js';

const hash = z.string().describe('0x and 64 hex digits.');

export const trackingView = z.object({
  order: hash,
  head: hash.describe("Of the log's hash chain, as OrderRegistry keeps it: the milestones hash to it."),
  milestones: z.array(
    z.object({
      index: z.int(),
      kind: z.enum(MILESTONE_KINDS),
      at: z.iso.datetime().describe('Block time.'),
      recordedAt: z.int().describe('The same in seconds.'),
      author: z.int().describe('Member number.'),
      commitment: hash,
      supersedes: hash.describe('Hash of the entry that it corrects; zero for none.'),
      counts: z.boolean().describe('False once a later entry corrected it.'),
      transaction: hash,
    }),
  ),
  asOfBlock: z.object({ number: z.int(), hash, time: z.iso.datetime() }),
  chain: z.object({ chainId: z.int(), orderRegistry: z.string() }).describe('Where it can be checked.'),
});
export type TrackingView = z.output<typeof trackingView>;

/** What an end customer sees of an order: which milestone when, and how to check that. */
@Injectable()
export class Tracking {
  constructor(
    private readonly links: TrackingLinks,
    private readonly orders: Orders,
    private readonly milestones: Milestones,
    private readonly head: IndexHead,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  /** By the token of a link. Throws TRACKING_REFUSED, without saying which of its reasons it is. */
  async follow(text: string | undefined): Promise<TrackingView> {
    const token = text === undefined ? undefined : parseTrackingToken(text);
    const link = token && (await this.links.find(token.id));
    const now = this.head.current();
    const good = link && sameSecret(link.secretHash, token.secretHash) && !link.revokedAt && now.timestamp < link.until;
    if (!good) throw trackingRefused('ask whoever gave you the link for another');
    const order = await this.orders.get(link.order);
    const entries = await this.milestones.asOf(order);
    return {
      order: order.id,
      head: order.head,
      milestones: entries.map((entry) => ({
        index: entry.position,
        kind: kindOf(entry.kind),
        at: timeOf(entry.recorded_at),
        recordedAt: entry.recorded_at,
        author: entry.author,
        commitment: entry.commitment,
        supersedes: entry.supersedes,
        counts: entry.live,
        transaction: entry.tx,
      })),
      asOfBlock: { number: now.number, hash: now.hash, time: timeOf(now.timestamp) },
      chain: {
        chainId: this.deployment.chainId,
        orderRegistry: this.deployment.contracts.OrderRegistry.address,
      },
    };
  }
}
