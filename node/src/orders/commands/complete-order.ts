import { Injectable } from '@nestjs/common';
import { requireNotProposed } from '../domain/proposals.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side holds an accepted order for done, or agrees to the other’s word. */
@Injectable()
export class CompleteOrder {
  constructor(private readonly desk: OrderDesk) {}

  /** Refuses with ORDER_ALREADY_PROPOSED a second word. */
  async run(id: Hex): Promise<OrderSubmission> {
    const { order, self } = await this.desk.begin(id, 'complete');
    requireNotProposed(order, order.completeProposedBy, self.id);
    return this.desk.submit('completeOrder', id, { fn: 'complete', args: [id] });
  }
}
