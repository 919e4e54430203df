import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { together } from '../../database/index.js';
import { accepted, type Accepted, Loads, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { IndexHead } from '../../indexer/index.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { requiredDocument, TakesDocument } from '../../documents/http/index.js';
import { IssueReceivable } from '../commands/issue-receivable.js';
import { RECEIVABLE_STATUSES } from '../domain/states.js';
import { Covers } from '../queries/covers.js';
import { type CoverView, coverView, toCoverView } from '../queries/cover-view.js';
import { receivableKey, ReceivableList } from '../queries/receivable-list.js';
import { type ReceivableView, receivableView, ReceivableViews } from '../queries/receivable-views.js';

const newReceivable = z.object({
  order: z
    .union([z.string(), z.array(z.string())])
    .transform((orders) => [orders].flat())
    .describe('Id of the order invoiced; repeated for a collective invoice.'),
  replaces: z
    .string()
    .optional()
    .describe('Id of a receivable over the same invoice, which is to be voided with this one as its successor.'),
});

const listQuery = pageQuery.extend({
  status: z.enum(RECEIVABLE_STATUSES).optional(),
  order: z.string().optional().describe('Id of an order that they were born from.'),
});

/** Claims for what was invoiced, as far as this member is party to them or was shown. */
@ApiTags('receivables')
@Controller('v1/receivables')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class ReceivableRoutes {
  constructor(
    private readonly issuing: IssueReceivable,
    private readonly list: ReceivableList,
    private readonly views: ReceivableViews,
    private readonly covers: Covers,
    private readonly head: IndexHead,
  ) {}

  @Post()
  @Allow('SUPPLIER_DESK')
  @Loads<ReceivableRoutes>((routes, { id }) => routes.get(id))
  @TakesDocument('UBL or Peppol Invoice, or JSON {document}. Instalments become one receivable for each due date.')
  @ApiCreatedResponse({ standardSchema: receivableView })
  async issue(
    @Req() request: FastifyRequest,
    @Query({ schema: newReceivable }) { order, replaces }: z.output<typeof newReceivable>,
  ): Promise<Accepted> {
    const document = requiredDocument(request, 'INVOICE');
    const options = { replaces: replaces === undefined ? undefined : asReceivableId(replaces) };
    return accepted(await this.issuing.run(order.map(asOrderId), document, options));
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(receivableView) })
  async all(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<ReceivableView>> {
    const { limit, cursor, status, order } = query;
    const filter = { status, order: order === undefined ? undefined : asOrderId(order) };
    const rows = await this.list.mine(filter, readCursor(cursor, receivableKey), limit + 1);
    const page = toPage(
      rows,
      limit,
      ({ issued }) => [issued.block, issued.logIndex],
      (receivable) => receivable,
    );
    return { ...page, items: await together(page.items, (receivable) => this.views.of(receivable)) };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: receivableView })
  get(@Param('id') id: string): Promise<ReceivableView> {
    return this.views.get(asReceivableId(id));
  }

  @Get(':id/cover')
  @ApiOkResponse({ standardSchema: coverView })
  async cover(@Param('id') id: string): Promise<CoverView> {
    const receivable = await this.views.disclosed(asReceivableId(id));
    const head = this.head.current();
    return toCoverView(receivable.id, await this.covers.of(receivable), head);
  }
}
