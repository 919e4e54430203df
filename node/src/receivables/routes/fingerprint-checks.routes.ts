import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { AskFingerprintCheck } from '../commands/ask-fingerprint-check.js';
import { FINGERPRINT_OUTCOMES } from '../domain/fingerprint-check.js';
import { fingerprintCheckUnknown } from '../domain/problems.js';
import { FingerprintChecks } from '../storage/fingerprint-checks.js';

const check = z.object({
  receivable: z.string(),
  status: z
    .enum(['ASKED', ...FINGERPRINT_OUTCOMES])
    .describe('TAKEN: the invoice, or the number of one of its orders, backs another claim. REFUSED: see `reason`.'),
  reason: z.object({ code: z.string() }).nullable(),
  takenOrders: z.array(z.string()).describe('Its orders whose number was financed as another order.'),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  asOfBlock: z.int().nullable().describe("Indexed head of the obligor's node."),
});
type Check = z.output<typeof check>;

/** Advice of the obligor's node on a fingerprint; the binding word is its confirmation. */
@ApiTags('receivables')
@Controller('v1/receivables/:id/fingerprint-check')
@Allow('SUPPLIER_DESK')
export class FingerprintCheckRoutes {
  constructor(
    private readonly asking: AskFingerprintCheck,
    private readonly checks: FingerprintChecks,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Asks the obligor’s node whether the invoice behind an own receivable backs another already.',
  })
  @ApiCreatedResponse({ description: 'Asked: the answer comes by GET.', standardSchema: check })
  async ask(@Param('id') id: string): Promise<Done<Check>> {
    await this.asking.run(asReceivableId(id));
    return done(await this.get(id));
  }

  @Get()
  @ApiOkResponse({ standardSchema: check })
  async get(@Param('id') id: string): Promise<Check> {
    const receivable = asReceivableId(id);
    const last = await this.checks.last(receivable);
    if (!last) throw fingerprintCheckUnknown('ask for one first', { receivable });
    const { askedAt, answer } = last;
    return {
      ...{ receivable, askedAt },
      status: answer?.outcome ?? 'ASKED',
      reason: answer?.code ? { code: answer.code } : null,
      takenOrders: [...(answer?.takenOrders ?? [])],
      answeredAt: answer?.at ?? null,
      asOfBlock: answer?.block ?? null,
    };
  }
}
