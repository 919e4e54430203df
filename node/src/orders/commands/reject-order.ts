import { Injectable } from '@nestjs/common';
import { importDocument, type OrderResponseModel, type TradeDocument } from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { OrderContents } from '../queries/order-contents.js';
import { OrderDesk, type OrderSubmission } from './order-desk.js';
import { OrderResponses } from './order-responses.js';

const NO_REASON: Hex = `0x${'00'.repeat(32)}`;

/** Why an order is rejected: the supplier's response document, or words. */
export type Rejection = { readonly response: TradeDocument<OrderResponseModel> } | { readonly reason?: string };

/** The supplier turns down what it was posted. */
@Injectable()
export class RejectOrder {
  constructor(
    private readonly desk: OrderDesk,
    private readonly contents: OrderContents,
    private readonly responses: OrderResponses,
  ) {}

  /** The chain gets a commitment to the reason, the buyer the reason itself. */
  async run(id: Hex, rejection: Rejection): Promise<OrderSubmission> {
    const { order } = await this.desk.begin(id, 'reject');
    const response = 'response' in rejection ? rejection.response : responseOf(rejection.reason);
    if (!response) return this.desk.submit('rejectOrder', id, { fn: 'reject', args: [id, NO_REASON] });
    const { document } = await this.contents.require(order);
    const prepared = await this.responses.prepare(order, document.model, response, 'REJECTED');
    const made = await this.desk.submit('rejectOrder', id, { fn: 'reject', args: [id, prepared.root] });
    await this.responses.send(order, prepared, made.submission);
    return made;
  }
}

function responseOf(reason: string | undefined): TradeDocument<OrderResponseModel> | undefined {
  if (reason === undefined) return undefined;
  const json = JSON.stringify({ kind: 'ORDER_RESPONSE', decision: 'REJECTED', reason });
  return importDocument(Buffer.from(json), 'application/json', {
    kind: 'ORDER_RESPONSE',
  }) as TradeDocument<OrderResponseModel>;
}
