import { Injectable } from '@nestjs/common';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** Marks an offer that has lapsed as expired: it could not be accepted any more, and now says so. */
@Injectable()
export class ExpireOrder {
  constructor(
    private readonly desk: OrderDesk,
    private readonly head: IndexHead,
  ) {}

  /** Refuses with ORDER_NOT_LAPSED until the offer's last second has passed by block time. */
  async run(id: Hex): Promise<OrderSubmission> {
    const { order } = await this.desk.begin(id, 'expire');
    const { timestamp } = this.head.current();
    if (timestamp <= order.expiry) {
      const facts = { order: id, expiry: order.expiry, timestamp };
      throw CONTRACT_PROBLEMS.OrderNotLapsed(`the offer stands until ${order.expiry}, it is ${timestamp}`, facts);
    }
    return this.desk.submit('expireOrder', id, { fn: 'expire', args: [id] });
  }
}
