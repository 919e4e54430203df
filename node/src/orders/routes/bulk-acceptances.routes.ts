import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { type Done, doneOfMany, ItemGate, TAKEN_IN } from '../../http/index.js';
import { AcceptOrders } from '../commands/accept-orders.js';

const acceptances = z.strictObject({
  orders: z.array(hex32).min(1).max(1000).describe('Ids of orders.'),
});

const outcomes = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        submission: z.string().nullable().describe('The transaction that accepts it, with up to 99 others.'),
        refusal: z
          .object({ code: z.string(), detail: z.string(), facts: z.record(z.string(), z.unknown()).optional() })
          .nullable()
          .describe('Why it is not accepted; the others are.'),
      }),
    )
    .describe('In the order given.'),
});

/** The supplier's answer to many orders at once. */
@ApiTags('orders')
@Controller('v1/orders/acceptances')
@Allow('SUPPLIER_DESK')
export class BulkAcceptanceRoutes {
  constructor(
    private readonly accepting: AcceptOrders,
    private readonly gate: ItemGate,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Accepts those of the orders that can be accepted, and says why not of each other.',
    description:
      `${TAKEN_IN} What the chain refuses then it refuses for all orders of the transaction: send the rest again. ` +
      'This node refuses item by item, each with its `refusal`, and with 422 ITEMS_REFUSED when it refuses all of them.',
  })
  @ApiCreatedResponse({ standardSchema: outcomes })
  async accept(
    @Body({ schema: acceptances }) { orders }: z.output<typeof acceptances>,
    @Req() request: FastifyRequest,
  ): Promise<Done<unknown>> {
    const action = 'POST /v1/orders/:id/acceptance';
    const admit = (object: string) => this.gate.admit(request, { action, object });
    return doneOfMany(await this.accepting.run(orders, admit));
  }
}
