import { Injectable } from '@nestjs/common';
import { requireNotProposed, requireUnencumbered } from '../domain/proposals.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';

/** One side wants to cancel an accepted order, or agrees to the other’s wish. */
@Injectable()
export class CancelOrder {
  constructor(private readonly desk: OrderDesk) {}

  /** Refuses with ORDER_ENCUMBERED while a lender’s claim rests on it (rule 3), ORDER_ALREADY_PROPOSED a second wish. */
  async run(id: Hex): Promise<OrderSubmission> {
    const { order, self } = await this.desk.begin(id, 'cancel');
    requireUnencumbered(order);
    requireNotProposed(order, order.cancelProposedBy, self.id);
    return this.desk.submit('cancelOrder', id, { fn: 'cancel', args: [id] });
  }
}
