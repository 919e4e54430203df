import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { asOrderId } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { ORDER_STATUSES } from '../domain/order-status.js';
import { orderKey, OrderList } from '../queries/order-list.js';
import { type RegistryOrderView, registryOrderView, toRegistryView } from '../queries/order-view.js';
import { OrderViews } from '../queries/order-views.js';
import { Orders } from '../queries/orders.js';

const listQuery = pageQuery.extend({
  status: z.enum(ORDER_STATUSES).optional(),
  party: z.string().optional().describe('Short name of a member that is buyer or supplier.'),
});

/** What the chain says of everybody's orders: ids, states and commitments. */
@ApiTags('registry')
@Controller('v1/registry/orders')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class RegistryOrderRoutes {
  constructor(
    private readonly list: OrderList,
    private readonly orders: Orders,
    private readonly views: OrderViews,
    private readonly members: Members,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(registryOrderView) })
  async all(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<RegistryOrderView>> {
    const { limit, cursor, status, party } = query;
    const counterparty = party === undefined ? undefined : (await this.members.byName(party)).id;
    const after = readCursor(cursor, orderKey);
    const [rows, nameOf] = await Promise.all([
      this.list.all({ status, counterparty, after, limit: limit + 1 }),
      this.views.names(),
    ]);
    return toPage(
      rows,
      limit,
      ({ key }) => key,
      ({ order }) => toRegistryView(order, nameOf),
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: registryOrderView })
  async get(@Param('id') id: string): Promise<RegistryOrderView> {
    const [order, nameOf] = await Promise.all([this.orders.get(asOrderId(id)), this.views.names()]);
    return toRegistryView(order, nameOf);
  }
}
