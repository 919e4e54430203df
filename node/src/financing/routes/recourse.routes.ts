import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, done, type Done, Loads, moneyInput } from '../../http/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { parseHex } from '../../kernel/hex.js';
import { AllowVoiding } from '../commands/allow-voiding.js';
import { AcknowledgeRepurchase } from '../commands/acknowledge-repurchase.js';
import { CallRecourse } from '../commands/call-recourse.js';
import { WriteOff } from '../commands/write-off.js';
import { type FinancingView, financingView } from '../queries/financing-view.js';
import { FinancingViews } from '../queries/financing-views.js';

const text = z.string().min(1).max(2000);
const recourse = z.strictObject({ reason: text.optional().describe('For the holder alone.') }).prefault({});
const repurchase = z.strictObject({
  amount: moneyInput.optional().describe('What the holder paid; by default all that is owed.'),
  reference: z.string().min(1).max(200),
});
const writeOff = z.strictObject({ reason: text.describe('For the holder alone.') });

const voiding = z.strictObject({
  receivable: hex32.describe('Born from the order that is financed.'),
  successor: hex32.optional().describe('Id of the one receivable that may take its fingerprints.'),
});

const Resource = () => ApiCreatedResponse({ standardSchema: financingView });
const loaded = Loads<RecourseRoutes>((routes, { id }) => routes.load(id));

/** What lenders do when the obligor does not pay, or what backs their claim is undone. */
@ApiTags('financings')
@Controller('v1/financings/:id')
@Allow('LENDER_DESK')
export class RecourseRoutes {
  constructor(
    private readonly views: FinancingViews,
    private readonly calling: CallRecourse,
    private readonly repurchasing: AcknowledgeRepurchase,
    private readonly writing: WriteOff,
    private readonly allowing: AllowVoiding,
  ) {}

  load(id: string): Promise<FinancingView> {
    return this.views.get(parseHex(id, 32));
  }

  @Post('recourse')
  @loaded
  @Resource()
  async recourse(
    @Param('id') id: string,
    @Body({ schema: recourse }) { reason }: z.output<typeof recourse>,
  ): Promise<Accepted> {
    return accepted(await this.calling.run(parseHex(id, 32), reason));
  }

  @Post('repurchase')
  @loaded
  @ApiCreatedResponse({
    description: 'Acknowledges that the holder bought the claim back.',
    standardSchema: financingView,
  })
  async repurchase(
    @Param('id') id: string,
    @Body({ schema: repurchase }) { amount: money, reference }: z.output<typeof repurchase>,
  ): Promise<Accepted> {
    return accepted(await this.repurchasing.run(parseHex(id, 32), { ...money, reference }));
  }

  @Post('write-off')
  @loaded
  @Resource()
  async writeOff(
    @Param('id') id: string,
    @Body({ schema: writeOff }) { reason }: z.output<typeof writeOff>,
  ): Promise<Accepted> {
    return accepted(await this.writing.run(parseHex(id, 32), reason));
  }

  /** Of a claim on an order: without it no receivable that the order backs is voided. The holder's own void-consent carries it on. */
  @Post('void-consent')
  @Resource()
  async allowVoiding(
    @Param('id') id: string,
    @Body({ schema: voiding }) { receivable, successor }: z.output<typeof voiding>,
  ): Promise<Done<FinancingView>> {
    await this.allowing.run(parseHex(id, 32), receivable, successor);
    return done(await this.load(id));
  }
}
