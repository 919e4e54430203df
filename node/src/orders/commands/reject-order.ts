import { Injectable } from '@nestjs/common';
import { importDocument, type OrderResponseModel, type TradeDocument } from '../../documents/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { statusInBatch } from '../domain/batch-answer.js';
import { BatchedOrders } from '../queries/batched-orders.js';
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
    private readonly batched: BatchedOrders,
  ) {}

  /**
   * The chain gets a commitment to the reason, the buyer the reason itself. Refuses with ORDER_INVALID_TRANSITION also what this
   * member accepted in its batch and the buyer has posted once more.
   */
  async run(id: Hex, rejection: Rejection): Promise<OrderSubmission> {
    const { order } = await this.desk.begin(id, 'reject');
    await this.requireNotAccepted(id);
    const response = 'response' in rejection ? rejection.response : responseOf(rejection.reason);
    if (!response) return this.desk.submit('rejectOrder', id, { fn: 'reject', args: [id, NO_REASON] });
    const { document } = await this.contents.require(order);
    const prepared = await this.responses.prepare(order, document.model, response, 'REJECTED');
    const made = await this.desk.submit('rejectOrder', id, { fn: 'reject', args: [id, prepared.root] });
    await this.responses.send(order, prepared, made.submission);
    return made;
  }

  /** The chain would undo that acceptance for good: nothing but the supplier's own rejection does. */
  private async requireNotAccepted(id: Hex): Promise<void> {
    const places = await this.batched.find([id], { all: true });
    if (!places.some((place) => statusInBatch(place, place.answer) === 'ACCEPTED')) return;
    throw CONTRACT_PROBLEMS.OrderInvalidTransition(
      `it was accepted in its batch and posted once more since: POST /v1/orders/${id}/materialisation has the acceptance count`,
      { order: id, from: 'ACCEPTED', to: 'REJECTED' },
    );
  }
}

function responseOf(reason: string | undefined): TradeDocument<OrderResponseModel> | undefined {
  if (reason === undefined) return undefined;
  const json = JSON.stringify({ kind: 'ORDER_RESPONSE', decision: 'REJECTED', reason });
  return importDocument(Buffer.from(json), 'application/json', {
    kind: 'ORDER_RESPONSE',
  }) as TradeDocument<OrderResponseModel>;
}
