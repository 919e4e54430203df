import type { z } from 'zod';
import { EnvelopeHandler, type EnvelopeProcessor, type ReceivedEnvelope } from '../../exchange/index.js';
import { OrderContents, Orders } from '../../orders/index.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { SignedTags } from '../storage/signed-tags.js';
import { orderTagsBody } from './envelopes.js';
import { orderIdentity } from './identities.js';
import { TagChecks } from './tag-checks.js';

type Body = z.output<typeof orderTagsBody>;

/** Takes in the tags of an order that this supplier asked its buyer for, and lets go what waited for them. */
@EnvelopeHandler('order.tags', { body: orderTagsBody })
export class ReceiveOrderTags implements EnvelopeProcessor<Body> {
  constructor(
    private readonly orders: Orders,
    private readonly contents: OrderContents,
    private readonly checks: TagChecks,
    private readonly tags: SignedTags,
    private readonly sources: LineageSources,
  ) {}

  async handle({ object, body }: ReceivedEnvelope<Body>): Promise<void> {
    const order = await this.orders.get(object);
    const { model } = (await this.contents.require(order)).document;
    await this.checks.requireOrderTags(order.buyer, orderIdentity(model), { ...body, order: object });
    await this.tags.keepOrderTags({ ...body, order: object });
    await this.sources.tagsArrived(object);
  }
}
