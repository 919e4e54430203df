import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, done, type Done, Loads, moneyInput } from '../../http/index.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import { asReceivableId } from '../../kernel/ids.js';
import { AnswerSplit } from '../commands/splits/answer-split.js';
import { ProposeSplit } from '../commands/splits/propose-split.js';
import { WithdrawSplit } from '../commands/splits/withdraw-split.js';
import { MOST_PARTS } from '../domain/split/divide.js';
import { type SplitView, splitView, SplitViews } from '../queries/split-views.js';

const proposal = z.strictObject({
  parts: z
    .array(
      z.strictObject({
        holder: z.string().min(1).describe('Short name of the member that is to hold it; it may be this member.'),
        amount: moneyInput,
      }),
    )
    .min(1)
    .max(MOST_PARTS)
    .describe('What they leave of what is owed becomes a last part of this member itself.'),
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('Block time until which all have to agree: by default a day from now, thirty at most.'),
});
const ending = z.strictObject({ reason: z.string().min(1).max(2000).optional() }).prefault({});

const Resource = (description?: string) => ApiCreatedResponse({ description, standardSchema: splitView });
const seconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** A claim split into parts that others hold: proposed, accepted by each new holder, signed by the obligor, in one transaction. */
@ApiTags('receivables')
@Controller('v1/receivables/:id')
@Allow('SUPPLIER_DESK')
export class SplitRoutes {
  constructor(
    private readonly views: SplitViews,
    private readonly proposing: ProposeSplit,
    private readonly answering: AnswerSplit,
    private readonly withdrawing: WithdrawSplit,
  ) {}

  load(id: string): Promise<SplitView> {
    return this.views.get(id as Hex);
  }

  @Get('splits')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'ADMIN')
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(splitView), nextCursor: z.null() }) })
  async list(@Param('id') id: string): Promise<{ items: SplitView[]; nextCursor: null }> {
    return { items: await this.views.ofReceivable(asReceivableId(id)), nextCursor: null };
  }

  @Post('splits')
  @Resource('Proposed: each new holder accepts, then the obligor signs.')
  async propose(
    @Param('id') id: string,
    @Body({ schema: proposal }) { parts, expiresAt }: z.output<typeof proposal>,
  ): Promise<Done<SplitView>> {
    const split = await this.proposing.run(asReceivableId(id), {
      parts: parts.map(({ holder, amount: money }) => ({ holder, ...money })),
      expiresAt: expiresAt === undefined ? undefined : seconds(expiresAt),
    });
    return done(await this.load(split));
  }

  @Post('splits/:split/withdrawal')
  @Loads<SplitRoutes>((routes, { id }) => routes.load(id))
  @Resource()
  async withdraw(
    @Param('id') id: string,
    @Param('split') split: string,
    @Body({ schema: ending }) { reason }: z.output<typeof ending>,
  ): Promise<Accepted | Done<SplitView>> {
    const answer = await this.withdrawing.run(asReceivableId(id), parseHex(split, 32), reason ?? null);
    const { submission } = answer;
    return submission === undefined ? done(await this.load(answer.id)) : accepted({ id: answer.id, submission });
  }

  @Post('acceptance')
  @Resource('This member takes the parts offered to it. The id is that of what is split, or of the part.')
  async accept(@Param('id') id: string): Promise<Done<SplitView>> {
    return done(await this.load(await this.answering.accept(asReceivableId(id))));
  }

  @Post('rejection')
  @Resource('This member does not take them: the split comes to nothing.')
  async reject(
    @Param('id') id: string,
    @Body({ schema: ending }) { reason }: z.output<typeof ending>,
  ): Promise<Done<SplitView>> {
    return done(await this.load(await this.answering.reject(asReceivableId(id), reason ?? null)));
  }
}
