import { Injectable } from '@nestjs/common';
import type { OrderResponseModel, TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import { OrderContents } from '../queries/order-contents.js';
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
  ) {}

  /**
   * Refuses with ORDER_DOCUMENT_MISSING while the document behind the commitment is not here: nobody accepts unread.
   * A response document, if given, goes to the buyer after inclusion.
   */
  async run(id: Hex, response?: TradeDocument<OrderResponseModel>): Promise<OrderSubmission> {
    const { order, self } = await this.desk.begin(id, 'accept');
    this.members.requireMayBegin(self, 'SUPPLIER');
    const { document } = await this.contents.require(order);
    const prepared = response && (await this.responses.prepare(order, document.model, response, 'ACCEPTED'));
    const made = await this.desk.submit('acceptOrder', id, { fn: 'accept', args: [id] });
    if (prepared) await this.responses.send(order, prepared, made.submission);
    return made;
  }
}
