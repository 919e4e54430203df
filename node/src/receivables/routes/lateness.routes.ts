import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { DemandReleaseAsParty } from '../commands/demand-release-as-party.js';
import { MarkDefaulted } from '../commands/mark-defaulted.js';
import { MarkOverdue } from '../commands/mark-overdue.js';
import { type ReceivableView, receivableView, ReceivableViews } from '../queries/receivable-views.js';

const statement = z
  .strictObject({
    reason: z
      .string()
      .min(1)
      .max(2000)
      .optional()
      .describe('For the parties and their lenders; the chain gets a commitment to it.'),
  })
  .prefault({});

const demand = z.strictObject({
  reason: z.string().min(1).max(2000).describe('For the lender; the chain gets a commitment to it.'),
});

const Resource = () => ApiCreatedResponse({ standardSchema: receivableView });
const loaded = Loads<LatenessRoutes>((routes, { id }) => routes.load(id));

/** What the payee entitled says of a claim that is not paid, and what the parties say of a lender that is and stays. */
@ApiTags('receivables')
@Controller('v1/receivables/:id')
@Allow('SUPPLIER_DESK', 'LENDER_DESK')
export class LatenessRoutes {
  constructor(
    private readonly views: ReceivableViews,
    private readonly overdue: MarkOverdue,
    private readonly defaulted: MarkDefaulted,
    private readonly demanding: DemandReleaseAsParty,
  ) {}

  load(id: string): Promise<ReceivableView> {
    return this.views.get(asReceivableId(id));
  }

  @Post('overdue')
  @loaded
  @Resource()
  async markOverdue(
    @Param('id') id: string,
    @Body({ schema: statement }) { reason }: z.output<typeof statement>,
  ): Promise<Accepted> {
    return accepted(await this.overdue.run(asReceivableId(id), reason));
  }

  @Post('default')
  @loaded
  @Resource()
  async markDefaulted(
    @Param('id') id: string,
    @Body({ schema: statement }) { reason }: z.output<typeof statement>,
  ): Promise<Accepted> {
    return accepted(await this.defaulted.run(asReceivableId(id), reason));
  }

  @Post('release-demand')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @loaded
  @Resource()
  async demandRelease(
    @Param('id') id: string,
    @Body({ schema: demand }) { reason }: z.output<typeof demand>,
  ): Promise<Accepted> {
    return accepted(await this.demanding.run(asReceivableId(id), reason));
  }
}
