import type { z } from 'zod';
import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import { requireParty } from '../../orders/domain/require-act.js';
import { OrderContents, Orders } from '../../orders/index.js';
import { Members } from '../../members/index.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { SignedTags } from '../storage/signed-tags.js';
import { orderTagsBody } from './envelopes.js';
import { orderIdentity } from './identities.js';
import { TagChecks } from './tag-checks.js';

type Body = z.output<typeof orderTagsBody>;

/**
 * Takes in the tags of an order that this supplier asked its buyer for, and lets go what waited for them. Who holds a part alone
 * has not the order, and takes the buyer's word. For a word that came too late to count it asks once more: the buyer's node answers as of
 * what this one has seen on chain.
 */
@EnvelopeHandler('order.tags', { body: orderTagsBody, fromSuspended: true })
export class ReceiveOrderTags implements EnvelopeProcessor<Body> {
  constructor(
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly checks: TagChecks,
    private readonly tags: SignedTags,
    private readonly sources: LineageSources,
    private readonly exchange: Exchange,
  ) {}

  async handle({ from, object, body }: ReceivedEnvelope<Body>): Promise<void> {
    const order = await this.orders.get(object);
    requireParty(order, from.id, ['BUYER']);
    const tags = { ...body, order: object };
    if (await this.checks.isPast(order.buyer, tags)) {
      await this.exchange.send({ to: order.buyer, type: 'order.tag-request', object, body: {} });
      return;
    }
    const { id: self } = await this.members.self();
    if (self === order.supplier) {
      const { model } = (await this.contents.require(order)).document;
      await this.checks.requireOrderTags(order.buyer, orderIdentity(model), tags);
    } else await this.checks.requireBuyersWord(order.buyer, tags);
    await this.tags.keepOrderTags(tags);
    await this.sources.tagsArrived(object);
  }
}
