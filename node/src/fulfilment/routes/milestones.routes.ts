import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { dbInt } from '../../kernel/db-int.js';
import { parseHex } from '../../kernel/hex.js';
import { asOrderId } from '../../kernel/ids.js';
import { TakesDocument } from '../../documents/http/index.js';
import { RecordMilestone } from '../commands/record-milestone.js';
import { MILESTONE_KINDS } from '../domain/milestone-kinds.js';
import { type MilestoneView, milestoneView, MilestoneViews } from '../queries/milestone-views.js';
import { ReceiptsQuery, type ReceiptsView, receiptsView } from '../queries/receipts.js';
import { IncomingMilestone } from './incoming-milestone.js';

const newMilestone = z.object({
  kind: z.enum(MILESTONE_KINDS).optional().describe('By default what the document by itself tells of.'),
  supersedes: z.string().optional().describe('The own entry that it corrects: its hash or its id.'),
});

/** What became of an order: its fulfilment log. */
@ApiTags('fulfilment')
@Controller('v1/orders/:id')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class MilestoneRoutes {
  constructor(
    private readonly recording: RecordMilestone,
    private readonly incoming: IncomingMilestone,
    private readonly views: MilestoneViews,
    private readonly receipts: ReceiptsQuery,
  ) {}

  load(id: string): Promise<MilestoneView> {
    return this.views.own(parseHex(id, 32));
  }

  @Post('milestones')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @Loads<MilestoneRoutes>((routes, { id }) => routes.load(id))
  @TakesDocument(
    'UBL DespatchAdvice or ReceiptAdvice, EPCIS 2.0, or JSON {kind, document?, supersedes?}.',
    'application/ld+json',
  )
  @ApiCreatedResponse({ standardSchema: milestoneView })
  async record(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Query({ schema: newMilestone }) query: z.output<typeof newMilestone>,
  ): Promise<Accepted> {
    return accepted(await this.recording.run(asOrderId(id), this.incoming.read(request, query)));
  }

  @Get('milestones')
  @ApiOkResponse({ standardSchema: pageOf(milestoneView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<MilestoneView>> {
    const from = readCursor(cursor, dbInt) ?? 0;
    const views = await this.views.page(asOrderId(id), from, limit + 1);
    return toPage(
      views,
      limit,
      ({ index }) => index + 1,
      (view) => view,
    );
  }

  @Get('milestones/:milestone')
  @ApiOkResponse({ standardSchema: milestoneView })
  get(@Param('id') id: string, @Param('milestone') milestone: string): Promise<MilestoneView> {
    return this.views.get(asOrderId(id), parseHex(milestone, 32));
  }

  @Get('receipts')
  @ApiOkResponse({ standardSchema: receiptsView })
  received(@Param('id') id: string): Promise<ReceiptsView> {
    return this.receipts.of(asOrderId(id));
  }
}
