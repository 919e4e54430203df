import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { together } from '../../database/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import {
  accepted,
  type Accepted,
  done,
  type Done,
  Loads,
  type Page,
  pageOf,
  pageQuery,
  readCursor,
  toPage,
} from '../../http/index.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { Agree } from '../commands/agree.js';
import { ContestDisbursement } from '../commands/contest-disbursement.js';
import { DemandRelease } from '../commands/demand-release.js';
import { Negotiation } from '../commands/negotiation.js';
import { RefreshEvidence } from '../commands/refresh-evidence.js';
import { RequestFinancing } from '../commands/request-financing.js';
import { type FinancingView, financingKey, financingView } from '../queries/financing-view.js';
import { FinancingViews } from '../queries/financing-views.js';
import { Positions } from '../queries/positions.js';
import type { Financing } from '../domain/financing.js';
import { FinancingStore } from '../storage/financing.store.js';

const request = z
  .strictObject({
    receivable: hex32.optional(),
    order: hex32.optional(),
    lender: z.string().min(1).describe('Short name of the member asked.'),
    requested: z.strictObject({ amount: z.string().max(64), currency: z.string().length(3) }),
    rollsOver: hex32
      .optional()
      .describe('Id of the financing of the receivable’s order whose place it is to take, in one transaction.'),
  })
  .refine(({ receivable, order }) => (receivable === undefined) !== (order === undefined), {
    message: 'name a receivable, or an order',
  });

const because = z.strictObject({ reason: z.string().min(1).max(2000) });
const ending = z.strictObject({ reason: z.string().max(2000).optional() }).prefault({});

const refreshed = financingView.extend({
  leftOut: z
    .array(z.object({ root: hex32, object: hex32 }))
    .describe('Documents that are larger than any letter: to the lender they are as withheld.'),
});

const listQuery = pageQuery.extend({
  side: z.enum(['HOLDER', 'LENDER']).optional(),
  object: z.string().optional().describe('Id of a receivable or an order.'),
});

const Resource = () => ApiCreatedResponse({ standardSchema: financingView });

/** What holders ask for: requests, agreement, what both sides see. */
@ApiTags('financings')
@Controller('v1/financings')
@Allow('SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class FinancingRoutes {
  constructor(
    private readonly views: FinancingViews,
    private readonly store: FinancingStore,
    private readonly positions: Positions,
    private readonly requesting: RequestFinancing,
    private readonly agreeing: Agree,
    private readonly negotiation: Negotiation,
    private readonly contesting: ContestDisbursement,
    private readonly demanding: DemandRelease,
    private readonly refreshing: RefreshEvidence,
  ) {}

  @Post()
  @Allow('SUPPLIER_DESK')
  @Resource()
  async request(@Body({ schema: request }) body: z.output<typeof request>): Promise<Done<FinancingView>> {
    const { receivable, order, lender, requested, rollsOver } = body;
    const onOrder = order !== undefined;
    const id = await this.requesting.run({
      object: (order ?? receivable) as Hex,
      onOrder,
      lender,
      requested,
      rollsOver,
    });
    return this.shown(id);
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(financingView) })
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<FinancingView>> {
    const { limit, cursor, side, object } = query;
    const after = readCursor(cursor, financingKey);
    const before = after && ([after[0], parseHex(after[1], 32)] as const);
    const filter = { side, object: object === undefined ? undefined : parseHex(object, 32), before };
    const rows = await this.store.list(filter, limit + 1);
    const page = toPage(
      rows,
      limit,
      ({ requestedAt, id }) => [requestedAt, id],
      (financing) => financing,
    );
    const viewOf = async (financing: Financing) => this.views.of(await this.positions.of(financing));
    return { ...page, items: await together(page.items, viewOf) };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: financingView })
  get(@Param('id') id: string): Promise<FinancingView> {
    return this.views.get(parseHex(id, 32));
  }

  @Post(':id/agreement')
  @Allow('SUPPLIER_DESK')
  @Loads<FinancingRoutes>((routes, { id }) => routes.get(id))
  @Resource()
  async agree(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.agreeing.run(parseHex(id, 32)));
  }

  @Post(':id/withdrawal')
  @Allow('SUPPLIER_DESK')
  @Loads<FinancingRoutes>((routes, { id }) => routes.get(id))
  @Resource()
  async withdraw(
    @Param('id') id: string,
    @Body({ schema: ending }) { reason }: z.output<typeof ending>,
  ): Promise<Accepted | Done<FinancingView>> {
    const { submission } = await this.negotiation.withdraw(parseHex(id, 32), reason ?? null);
    const financing = parseHex(id, 32);
    return submission === undefined ? this.shown(financing) : accepted({ id: financing, submission });
  }

  @Post(':id/contest')
  @Allow('SUPPLIER_DESK')
  @Loads<FinancingRoutes>((routes, { id }) => routes.get(id))
  @ApiCreatedResponse({ description: 'Says that the money did not come.', standardSchema: financingView })
  async contest(
    @Param('id') id: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ): Promise<Accepted> {
    return accepted(await this.contesting.run(parseHex(id, 32), reason));
  }

  @Post(':id/release-demand')
  @Allow('SUPPLIER_DESK')
  @Loads<FinancingRoutes>((routes, { id }) => routes.get(id))
  @ApiCreatedResponse({ description: 'Demands release of what is settled.', standardSchema: financingView })
  async demandRelease(
    @Param('id') id: string,
    @Body({ schema: because }) { reason }: z.output<typeof because>,
  ): Promise<Accepted> {
    return accepted(await this.demanding.run(parseHex(id, 32), reason));
  }

  @Post(':id/evidence')
  @Allow('SUPPLIER_DESK')
  @ApiCreatedResponse({ description: 'Shows the lender all of it again.', standardSchema: refreshed })
  async evidence(@Param('id') id: string): Promise<Done<z.output<typeof refreshed>>> {
    const leftOut = await this.refreshing.run(parseHex(id, 32));
    return done({ ...(await this.views.get(parseHex(id, 32))), leftOut });
  }

  private async shown(id: Hex): Promise<Done<FinancingView>> {
    return done(await this.views.get(id));
  }
}
