import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, done, type Done, instant, Loads, moneyInput } from '../../http/index.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { Disburse } from '../commands/disburse.js';
import { GiveNotice } from '../commands/give-notice.js';
import { MakeOffer } from '../commands/make-offer.js';
import { Negotiation } from '../commands/negotiation.js';
import { RecordRepayment } from '../commands/record-repayment.js';
import { Release } from '../commands/release.js';
import { DAY_COUNTS } from '../domain/day-count.js';
import { type FinancingView, financingView } from '../queries/financing-view.js';
import { FinancingViews } from '../queries/financing-views.js';

const basisPoints = z.int().min(0).max(1_000_000);
const text = z.string().min(1).max(2000);

const offer = z.strictObject({
  advance: moneyInput.describe('At most the cover.'),
  discountBps: basisPoints.describe('A year, on the advance.'),
  feeBps: basisPoints.default(0).describe('Once, on the advance.'),
  dayCount: z.enum(DAY_COUNTS).default('ACT/360'),
  repayBy: z.iso
    .date()
    .optional()
    .describe(
      'Until when discount is charged, today or later; by default when the claim is due, or disburseBy’s day if that is later.',
    ),
  recourse: z.boolean(),
  kind: z.enum(['PLEDGE', 'ASSIGNMENT']),
  expiresAt: instant.describe('Last second at which the holder can agree, by block time.'),
  disburseBy: instant.optional().describe('Five days at most, which is the default.'),
});
const ending = z.strictObject({ reason: text.optional() }).prefault({});
const disbursement = z.strictObject({ reference: z.string().min(1).max(200) });
const notice = z
  .strictObject({ instruction: text.optional().describe('How to pay, for the obligor alone.') })
  .prefault({});
const repayment = z.strictObject({ amount: moneyInput, reference: z.string().min(1).max(200) });
const release = z
  .strictObject({
    reason: text.default('repaid'),
    reserve: z
      .strictObject({ reference: z.string().min(1).max(200) })
      .optional()
      .describe('Under which reference the holder was paid what came in beyond what was owed.'),
  })
  .prefault({});

const Resource = () => ApiCreatedResponse({ standardSchema: financingView });
const loaded = Loads<LendingRoutes>((routes, { id }) => routes.load(id));

/** What lenders answer, pay out, get back and give up. */
@ApiTags('financings')
@Controller('v1/financings/:id')
@Allow('LENDER_DESK')
export class LendingRoutes {
  constructor(
    private readonly views: FinancingViews,
    private readonly offering: MakeOffer,
    private readonly negotiation: Negotiation,
    private readonly disbursing: Disburse,
    private readonly noticing: GiveNotice,
    private readonly repaying: RecordRepayment,
    private readonly releasing: Release,
  ) {}

  load(id: string): Promise<FinancingView> {
    return this.views.get(parseHex(id, 32));
  }

  @Post('review')
  @Resource()
  async review(@Param('id') id: string): Promise<Done<FinancingView>> {
    return this.after(id, (financing) => this.negotiation.review(financing));
  }

  @Post('offer')
  @Resource()
  async offer(
    @Param('id') id: string,
    @Body({ schema: offer }) body: z.output<typeof offer>,
  ): Promise<Done<FinancingView>> {
    return this.after(id, (financing) => this.offering.run(financing, body));
  }

  @Post('decline')
  @Resource()
  async decline(
    @Param('id') id: string,
    @Body({ schema: ending }) { reason }: z.output<typeof ending>,
  ): Promise<Done<FinancingView>> {
    return this.after(id, (financing) => this.negotiation.decline(financing, reason ?? null));
  }

  @Post('disbursement')
  @loaded
  @Resource()
  async disburse(
    @Param('id') id: string,
    @Body({ schema: disbursement }) { reference }: z.output<typeof disbursement>,
  ): Promise<Accepted> {
    return accepted(await this.disbursing.run(parseHex(id, 32), reference));
  }

  @Post('notice')
  @loaded
  @Resource()
  async notice(
    @Param('id') id: string,
    @Body({ schema: notice }) { instruction }: z.output<typeof notice>,
  ): Promise<Accepted> {
    return accepted(await this.noticing.run(parseHex(id, 32), instruction));
  }

  @Post('repayments')
  @Resource()
  async repay(
    @Param('id') id: string,
    @Body({ schema: repayment }) { amount: money, reference }: z.output<typeof repayment>,
  ): Promise<Done<FinancingView>> {
    return this.after(id, (financing) => this.repaying.run(financing, { ...money, reference }));
  }

  @Post('release')
  @loaded
  @Resource()
  async release(
    @Param('id') id: string,
    @Body({ schema: release }) { reason, reserve }: z.output<typeof release>,
  ): Promise<Accepted> {
    return accepted(await this.releasing.run(parseHex(id, 32), reason, reserve?.reference));
  }

  @Post('drop')
  @loaded
  @ApiCreatedResponse({ description: 'Gives the reservation up before disbursing.', standardSchema: financingView })
  async drop(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.releasing.drop(parseHex(id, 32)));
  }

  private async after(id: string, act: (financing: Hex) => Promise<void>): Promise<Done<FinancingView>> {
    await act(parseHex(id, 32));
    return done(await this.load(id));
  }
}
