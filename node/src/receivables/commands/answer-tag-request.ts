import { z } from 'zod';
import { tryAgain } from '../../errors/index.js';
import { EnvelopeHandler, type EnvelopeProcessor, Exchange, type ReceivedEnvelope } from '../../exchange/index.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import { requireParty } from '../../orders/domain/require-act.js';
import { type Order, Orders } from '../../orders/index.js';
import { type OrderTags, withoutProof } from '../domain/tags.js';
import { PartHolders } from '../storage/part-holders.js';
import { Tagger } from './tagger.js';

const nothing = z.strictObject({});

/**
 * The buyer answers a supplier, or who holds a part of what was sold, that wants to finance it: with the order's tags, and its word on
 * them; the latter without what would let it try numbers of the order.
 */
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
    const word = await this.tagged(order);
    const body = from.id === order.supplier ? word : withoutProof(word);
    await this.exchange.send({ to: from.id, type: 'order.tags', object, body });
  }

  /** Nobody takes a revoked operator's word: who asks waits for the next one's. */
  private async tagged(order: Order): Promise<OrderTags> {
    try {
      return await this.tagger.orderTags(order);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'MEMBER_KEY_REVOKED')) throw error;
      throw tryAgain('this buyer has no operator that could sign', { order: order.id, retryAfterSeconds: 60 });
    }
  }
}
