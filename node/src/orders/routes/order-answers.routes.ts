import { Body, Controller, Delete, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { MILESTONE_KINDS } from '../../fulfilment/domain/milestone-kinds.js';
import { accepted, type Accepted, instant, Loads } from '../../http/index.js';
import { asOrderId } from '../../kernel/ids.js';
import { AcceptWithChanges } from '../commands/accept-with-changes.js';
import { AcceptOrder } from '../commands/accept-order.js';
import { AppointParticipant } from '../commands/appoint-participant.js';
import { CancelOrder } from '../commands/cancel-order.js';
import { CompleteOrder } from '../commands/complete-order.js';
import { ExpireOrder } from '../commands/expire-order.js';
import { Materialise } from '../commands/materialise.js';
import { RejectOrder } from '../commands/reject-order.js';
import { RetractProposals } from '../commands/retract-proposals.js';
import { WithdrawOrder } from '../commands/withdraw-order.js';
import { type OrderDetail, orderDetail, OrderViews } from '../queries/order-views.js';
import { incomingDocument, jsonBody, requiredDocument, TakesDocument } from '../../documents/http/index.js';

const document = z.unknown().describe('An order response as plain JSON.');
const acceptance = z.strictObject({ document: document.optional() });
const rejection = z.strictObject({
  document: document.optional(),
  reason: z.string().min(1).max(2000).optional().describe('For the buyer; the chain gets a commitment to it.'),
});

const cancellation = z.strictObject({
  document: z.unknown().describe('An order cancellation as plain JSON.').optional(),
});

const appointment = z.strictObject({
  member: z.string().min(1).describe('Short name.'),
  kinds: z.array(z.enum(MILESTONE_KINDS)).describe('What it may record; none ends the appointment.'),
  until: instant.describe('Last second of the appointment, by block time.'),
});

const Resource = () => ApiCreatedResponse({ standardSchema: orderDetail });
const loaded = Loads<OrderAnswerRoutes>((routes, { id }) => routes.load(id));

/** What either side does to an order that was posted. */
@ApiTags('orders')
@Controller('v1/orders/:id')
@Allow('ORDER_DESK', 'SUPPLIER_DESK')
export class OrderAnswerRoutes {
  constructor(
    private readonly views: OrderViews,
    private readonly accepting: AcceptOrder,
    private readonly amending: AcceptWithChanges,
    private readonly rejecting: RejectOrder,
    private readonly withdrawing: WithdrawOrder,
    private readonly expiring: ExpireOrder,
    private readonly cancelling: CancelOrder,
    private readonly completing: CompleteOrder,
    private readonly retracting: RetractProposals,
    private readonly materialising: Materialise,
    private readonly appointing: AppointParticipant,
  ) {}

  load(id: string): Promise<OrderDetail> {
    return this.views.get(asOrderId(id));
  }

  @Post('acceptance')
  @Allow('SUPPLIER_DESK')
  @loaded
  @TakesDocument('Nothing, a UBL or Peppol OrderResponse, or JSON {document}.')
  @Resource()
  async accept(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    jsonBody(request, acceptance);
    return accepted(await this.accepting.run(asOrderId(id), incomingDocument(request, 'ORDER_RESPONSE')));
  }

  /** As it was posted, and proposes in the same call what the response asks for. The buyer answers under `changes`. */
  @Post('acceptance-with-changes')
  @Allow('SUPPLIER_DESK')
  @loaded
  @TakesDocument('An amending UBL or Peppol OrderResponse (code CA), or JSON {document}.')
  @Resource()
  async amend(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    return accepted(await this.amending.run(asOrderId(id), requiredDocument(request, 'ORDER_RESPONSE')));
  }

  @Post('rejection')
  @Allow('SUPPLIER_DESK')
  @loaded
  @TakesDocument('A UBL or Peppol OrderResponse, or JSON {document} or {reason}.')
  @Resource()
  async reject(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    const { reason } = jsonBody(request, rejection);
    const response = incomingDocument(request, 'ORDER_RESPONSE');
    return accepted(await this.rejecting.run(asOrderId(id), response ? { response } : { reason }));
  }

  @Post('withdrawal')
  @Allow('ORDER_DESK')
  @loaded
  @Resource()
  async withdraw(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.withdrawing.run(asOrderId(id)));
  }

  @Delete()
  @Allow('ORDER_DESK')
  @loaded
  @ApiOkResponse({ description: 'The same as POST withdrawal.', standardSchema: orderDetail })
  remove(@Param('id') id: string): Promise<Accepted> {
    return this.withdraw(id);
  }

  @Post('expiry')
  @loaded
  @Resource()
  async expire(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.expiring.run(asOrderId(id)));
  }

  @Post('cancellation')
  @loaded
  @TakesDocument('Nothing, a UBL OrderCancellation, or JSON {document}.')
  @Resource()
  async cancel(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    jsonBody(request, cancellation);
    return accepted(await this.cancelling.run(asOrderId(id), incomingDocument(request, 'ORDER_CANCELLATION')));
  }

  @Post('completion')
  @loaded
  @Resource()
  async complete(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.completing.run(asOrderId(id)));
  }

  @Post('retraction')
  @loaded
  @Resource()
  async retract(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.retracting.run(asOrderId(id)));
  }

  /** For an order of a batch: whatever else is done to it does this first by itself. */
  @Post('materialisation')
  @loaded
  @Resource()
  async materialise(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.materialising.run(asOrderId(id)));
  }

  @Post('participants')
  @loaded
  @Resource()
  async appoint(
    @Param('id') id: string,
    @Body({ schema: appointment }) body: z.output<typeof appointment>,
  ): Promise<Accepted> {
    return accepted(await this.appointing.run(asOrderId(id), body));
  }
}
