import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import {
  accepted,
  type Accepted,
  instant,
  Loads,
  type Page,
  pageOf,
  pageQuery,
  readCursor,
  toPage,
} from '../../http/index.js';
import { requestInvalid } from '../../errors/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { asOrderId } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { CallOff } from '../commands/call-off.js';
import { PostFramework } from '../commands/post-framework.js';
import { PostOrder } from '../commands/post-order.js';
import { ORDER_TYPES } from '../domain/order-type.js';
import { ORDER_STATUSES } from '../domain/order-status.js';
import { orderKey, OrderList } from '../queries/order-list.js';
import { orderView, type OrderView, toView } from '../queries/order-view.js';
import { type OrderDetail, orderDetail, OrderViews } from '../queries/order-views.js';
import { requiredDocument, TakesDocument } from '../../documents/http/index.js';

const orderId = hex32.transform(asOrderId);

const newOrder = z.object({
  supplier: z.string().min(1).optional().describe('Short name of the member that it is posted to.'),
  type: z.enum(ORDER_TYPES).default('ORDER').describe('FRAMEWORK posts a framework contract, which orders call off.'),
  framework: orderId
    .optional()
    .describe(
      'Framework contract that the order calls off; by default the one in force whose number its document names.',
    ),
  expiresAt: instant
    .optional()
    .describe(
      'Last second for acceptance; by default the end of the validity that the document names, else 90 days; of a framework contract its end.',
    ),
  repeat: z.stringbool().default(false).describe('Posts an order number once more, although one of it still stands.'),
});

const listQuery = pageQuery.extend({
  status: z.enum(ORDER_STATUSES).optional(),
  type: z.enum(ORDER_TYPES).optional(),
  framework: orderId.optional().describe('Framework contract that they call off.'),
  counterparty: z.string().optional().describe('Short name of the member on the other side.'),
  number: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("The buyer's order number, in any spelling; as far as it is here or was granted."),
});

/** Purchase orders that this member is party to. */
@ApiTags('orders')
@Controller('v1/orders')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class OrderRoutes {
  constructor(
    private readonly posting: PostOrder,
    private readonly contracting: PostFramework,
    private readonly calling: CallOff,
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
    @Query({ schema: newOrder }) { supplier: name, type, framework, expiresAt, repeat }: z.output<typeof newOrder>,
  ): Promise<Accepted> {
    const document = requiredDocument(request, 'ORDER');
    const supplier = name === undefined ? undefined : (await this.members.byName(name)).id;
    if (framework !== undefined) {
      if (type === 'FRAMEWORK') throw requestInvalid('a framework contract calls off none');
      return accepted(await this.calling.run(framework, { document, supplier, expiresAt }, { repeat }));
    }
    if (supplier === undefined) throw requestInvalid('name the supplier, or the framework contract to call off');
    const posting = type === 'FRAMEWORK' ? this.contracting : this.posting;
    return accepted(await posting.run({ document, supplier, expiresAt }, { repeat }));
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(orderView) })
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<OrderView>> {
    const { limit, cursor, status, type, framework, number, counterparty: name } = query;
    const counterparty = name === undefined ? undefined : (await this.members.byName(name)).id;
    const after = readCursor(cursor, orderKey);
    const filter = { status, type, framework, number, counterparty, after };
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
