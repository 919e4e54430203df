import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { hex32, hexOf } from '../../kernel/hex-schema.js';
import { accepted, type Accepted, Loads, wholeParam } from '../../http/index.js';
import { type Hex, isHex } from '../../kernel/hex.js';
import { asOrderId } from '../../kernel/ids.js';
import { AcceptChange } from '../commands/accept-change.js';
import { DeclineChange } from '../commands/decline-change.js';
import { ProposeChange } from '../commands/propose-change.js';
import { type OrderDetail, orderDetail, OrderViews } from '../queries/order-views.js';
import { requiredDocument, TakesDocument } from '../../documents/http/index.js';

const consent = z.strictObject({
  object: hex32.describe('The order, or the receivable born from it, that the lender has a claim on.'),
  consent: z.strictObject({
    signer: hexOf(20),
    nonce: hex32,
    deadline: z.int().nonnegative(),
    coverVersion: z.int().nonnegative(),
    signature: z.custom<Hex>((value) => isHex(value), 'not lower-case hex'),
  }),
});
const read = hex32
  .optional()
  .describe('Root of the proposal that was read: another may have come under the same version. Better named.');
const agreement = z.strictObject({
  commitment: read,
  consents: z
    .array(consent)
    .max(100)
    .default([])
    .describe('Of each lender whose claim rests on the order (act CHANGE).'),
});

const refusal = z.strictObject({ commitment: read });

const Resource = () => ApiCreatedResponse({ standardSchema: orderDetail });
const loaded = Loads<OrderChangeRoutes>((routes, { id }) => routes.load(id));

/** New versions of an accepted order. */
@ApiTags('orders')
@Controller('v1/orders/:id/changes')
@Allow('ORDER_DESK', 'SUPPLIER_DESK')
export class OrderChangeRoutes {
  constructor(
    private readonly views: OrderViews,
    private readonly proposing: ProposeChange,
    private readonly accepting: AcceptChange,
    private readonly declining: DeclineChange,
  ) {}

  load(id: string): Promise<OrderDetail> {
    return this.views.get(asOrderId(id));
  }

  @Post()
  @loaded
  @TakesDocument('UBL OrderChange, a supplier’s amending OrderResponse, or JSON {document}.')
  @Resource()
  async propose(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    const order = asOrderId(id);
    return accepted(await this.proposing.run(order, requiredDocument(request, 'ORDER_CHANGE', 'ORDER_RESPONSE')));
  }

  @Post(':version/acceptance')
  @loaded
  @Resource()
  async accept(
    @Param('id') id: string,
    @Param('version', wholeParam) version: number,
    @Body({ schema: agreement.default({ consents: [] }) }) { consents, commitment }: z.output<typeof agreement>,
  ): Promise<Accepted> {
    return accepted(await this.accepting.run(asOrderId(id), version, consents, commitment));
  }

  @Post(':version/rejection')
  @loaded
  @Resource()
  async decline(
    @Param('id') id: string,
    @Param('version', wholeParam) version: number,
    @Body({ schema: refusal.default({}) }) { commitment }: z.output<typeof refusal>,
  ): Promise<Accepted> {
    return accepted(await this.declining.run(asOrderId(id), version, commitment));
  }
}
