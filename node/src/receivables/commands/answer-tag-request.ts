import { z } from 'zod';
import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import { Members } from '../../members/index.js';
import { requireParty } from '../../orders/domain/require-act.js';
import { Orders } from '../../orders/index.js';
import { PartHolders } from '../storage/part-holders.js';
import { Tagger } from './tagger.js';

const nothing = z.strictObject({});

/** The buyer answers a supplier, or who holds a part of what was sold, that wants to finance it: with the order's tags, and its word on them. */
@EnvelopeHandler('order.tag-request', { body: nothing, fromSuspended: true })
export class AnswerTagRequest implements EnvelopeProcessor<z.output<typeof nothing>> {
  constructor(
    private readonly members: Members,
    private readonly orders: Orders,
    private readonly tagger: Tagger,
    private readonly holders: PartHolders,
    private readonly exchange: Exchange,
  ) {}

  async handle({ from, object }: ReceivedEnvelope<z.output<typeof nothing>>): Promise<void> {
    const [order, self] = await Promise.all([this.orders.get(object), this.members.self()]);
    if (!(await this.holders.holdsOf(object, from.id))) requireParty(order, from.id, ['SUPPLIER']);
    requireParty(order, self.id, ['BUYER']);
    const body = await this.tagger.orderTags(order);
    await this.exchange.send({ to: from.id, type: 'order.tags', object, body });
  }
}
