import { Injectable } from '@nestjs/common';
import type { OrderResponseModel, TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { requireDecision } from '../domain/order-response.js';
import { orderResponseContradicts } from '../domain/problems.js';
import { AcceptOrder } from './accept-order.js';
import type { OrderSubmission } from './order-desk.js';
import { ProposeChange } from './propose-change.js';

/**
 * The supplier accepts what it was posted and proposes, at once, what its amending response asks for (docs/adr/0057): if the buyer
 * declines that, the order stands as it was posted.
 */
@Injectable()
export class AcceptWithChanges {
  constructor(
    private readonly accepting: AcceptOrder,
    private readonly proposing: ProposeChange,
  ) {}

  /**
   * Two transactions of one account, the acceptance before the proposal, which the chain refuses without it; answers the proposal's. Refuses with
   * ORDER_RESPONSE_CONTRADICTS a response that does not amend or names no line, and as {@link AcceptOrder.run} and {@link ProposeChange.run} do.
   */
  async run(id: Hex, response: TradeDocument<OrderResponseModel>): Promise<OrderSubmission> {
    requireDecision(response.model, 'CHANGED');
    if (response.model.lines.length === 0)
      throw orderResponseContradicts('the document changes no line: accept the order as it was posted', { order: id });
    const { order } = await this.accepting.require(id);
    await this.accepting.run(id);
    return this.proposing.propose(order, order.supplier, response);
  }
}
