import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DocumentVault, type OrderCancellationModel, type OrderResponseModel } from '../../documents/index.js';
import type { Order } from '../domain/order.js';

const line = z.object({
  line: z.string().describe("The order's."),
  status: z.string().optional().describe('As the document writes it.'),
  quantity: z.string().optional(),
  amount: z.string().optional(),
});

/** What was said on the way to an order's end, where this member has the document. */
export const orderPapers = z.object({
  rejection: z
    .object({ decision: z.enum(['REJECTED', 'AMENDED']), reason: z.string().nullable(), lines: z.array(line) })
    .nullable()
    .describe("The supplier's answer that the reason on chain commits to; AMENDED is a counter-offer."),
  cancellation: z.object({ number: z.string().nullable(), reason: z.string().nullable() }).nullable(),
});
export type OrderPapers = z.output<typeof orderPapers>;

/** Answers and wishes about orders, in documents that parties sent each other. */
@Injectable()
export class OrderPapersQuery {
  constructor(private readonly vault: DocumentVault) {}

  /** For a party to it. */
  async of({ id, rejection }: Order): Promise<OrderPapers> {
    const [answer, cancellation] = await Promise.all([
      rejection ? this.vault.at({ root: rejection, object: id }) : undefined,
      this.vault.load(id, 'ORDER_CANCELLATION', 1),
    ]);
    return {
      rejection:
        answer?.document.kind === 'ORDER_RESPONSE' ? toAnswer(answer.document.model as OrderResponseModel) : null,
      cancellation: cancellation ? toWish(cancellation.document.model) : null,
    };
  }
}

function toAnswer({ decision, reason, lines }: OrderResponseModel): OrderPapers['rejection'] {
  return {
    decision: decision === 'AMENDED' ? decision : 'REJECTED',
    reason: reason ?? null,
    lines: lines.map(({ id, orderLine, status, quantity, amount }) => ({
      ...{ line: orderLine ?? id, status, quantity, amount },
    })),
  };
}

const toWish = ({ number, reason }: OrderCancellationModel): OrderPapers['cancellation'] => ({
  number: number ?? null,
  reason: reason ?? null,
});
