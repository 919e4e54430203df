import { Injectable } from '@nestjs/common';
import type { OrderModel, OrderResponseModel, TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import type { Order } from '../domain/order.js';
import { requireFraming } from '../domain/framework.js';
import { OrderContents } from '../queries/order-contents.js';
import { FrameworkDesk } from './framework-desk.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';
import { OrderResponses } from './order-responses.js';

/** The supplier accepts what it was posted. */
@Injectable()
export class AcceptOrder {
  constructor(
    private readonly desk: OrderDesk,
    private readonly members: Members,
    private readonly contents: OrderContents,
    private readonly responses: OrderResponses,
    private readonly frameworks: FrameworkDesk,
  ) {}

  /**
   * Refuses with ORDER_DOCUMENT_MISSING while the document behind the commitment is not here: nobody accepts unread; a call-off
   * with what {@link FrameworkDesk.requireAllowed} refuses with, FRAMEWORK_MISMATCH what was posted as something else.
   * A response document, if given, goes to the buyer after inclusion.
   */
  async run(id: Hex, response?: TradeDocument<OrderResponseModel>): Promise<OrderSubmission> {
    const { order, content } = await this.require(id);
    const prepared = response && (await this.responses.prepare(order, content, response, 'ACCEPTED'));
    const made = await this.desk.submit('acceptOrder', id, { fn: 'accept', args: [id] });
    if (prepared) await this.responses.send(order, prepared, made.submission);
    return made;
  }

  /** The order, if this member can accept it as it is now; refuses as {@link run} does. */
  async require(id: Hex): Promise<{ order: Order; content: OrderModel }> {
    const { order, self } = await this.desk.begin(id, 'accept');
    this.members.requireMayBegin(self, 'SUPPLIER');
    const { document, fields } = await this.contents.require(order);
    requireFraming(order, fields);
    if (order.framework) await this.frameworks.requireAllowed(order.framework, document.model, { before: order });
    return { order, content: document.model };
  }
}
