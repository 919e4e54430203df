import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { asOrderId } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { PostOrders } from '../commands/post-orders.js';
import { ORDER_STATUSES } from '../domain/order-status.js';
import { orderKey, OrderList } from '../queries/order-list.js';
import { orderView, type OrderView, toView } from '../queries/order-view.js';
import { type OrderDetail, orderDetail, OrderViews } from '../queries/order-views.js';
import { requiredDocument } from './incoming-document.js';
import { TakesDocument } from './takes-document.js';
import { instant } from './times.js';

const newOrder = z.object({
  supplier: z.string().min(1).describe('Short name of the member that it is posted to.'),
  expiresAt: instant
    .optional()
    .describe('Last second for acceptance; by default the end of the validity that the document names, else 90 days.'),
  repeat: z.stringbool().default(false).describe('Posts an order number once more, although one of it still stands.'),
});

const listQuery = pageQuery.extend({
  status: z.enum(ORDER_STATUSES).optional(),
  counterparty: z.string().optional().describe('Short name of the member on the other side.'),
  number: z.string().min(1).max(200).optional().describe("The buyer's order number, in any spelling."),
});

/** Purchase orders that this member is party to. */
@ApiTags('orders')
@Controller('v1/orders')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class OrderRoutes {
  constructor(
    private readonly poster: PostOrders,
    private readonly orders: OrderList,
    private readonly views: OrderViews,
    private readonly members: Members,
  ) {}

  @Post()
  @Allow('ORDER_DESK')
  @Loads<OrderRoutes>((routes, { id }) => routes.get(id))
  @TakesDocument('UBL or Peppol Order, or JSON {document}.')
  @ApiCreatedResponse({ standardSchema: orderDetail })
  async post(
    @Req() request: FastifyRequest,
    @Query({ schema: newOrder }) { supplier, expiresAt, repeat }: z.output<typeof newOrder>,
  ): Promise<Accepted> {
    const document = requiredDocument(request, 'ORDER');
    const { id } = await this.members.byName(supplier);
    const [posted] = await this.poster.run([{ document, supplier: id, expiresAt }], { repeat });
    return accepted(posted!);
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(orderView) })
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<OrderView>> {
    const { limit, cursor, status, number } = query;
    const counterparty = query.counterparty && (await this.members.byName(query.counterparty)).id;
    const filter = { status, number, counterparty: counterparty || undefined, after: readCursor(cursor, orderKey) };
    const [rows, nameOf] = await Promise.all([this.orders.mine({ ...filter, limit: limit + 1 }), this.views.names()]);
    return toPage(
      rows,
      limit,
      ({ key }) => key,
      ({ order, facts }) => toView(order, facts, nameOf),
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: orderDetail })
  get(@Param('id') id: string): Promise<OrderDetail> {
    return this.views.get(asOrderId(id));
  }
}
