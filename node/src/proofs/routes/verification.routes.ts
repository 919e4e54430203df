import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { VerifyOrder } from '../queries/verify-order.js';
import { VerifyReceivable } from '../queries/verify-receivable.js';
import { FRAGMENT_KINDS, type Verdict } from '../verify/fragment.js';

const fragment = z.object({
  kind: z.enum(FRAGMENT_KINDS),
  status: z.enum(['VALID', 'INVALID', 'SKIPPED', 'ERROR']),
  reason: z.object({ code: z.string(), message: z.string().describe('For a credit officer.') }),
  data: z.record(z.string(), z.unknown()).optional(),
});

const verdict = z.object({
  valid: z.boolean().describe('True only if each required kind is VALID.'),
  trust: z.enum(['validator-quorum', 'own-rpc', 'unsealed']).describe('What the verdict rests on.'),
  asOfBlock: z.object({ number: z.number().int(), hash: z.string(), time: z.iso.datetime() }),
  fragments: z.array(fragment),
});

/** Whether an order or a receivable is what it seems, by this member's own node. */
@ApiTags('verification')
@Controller('v1')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR')
export class VerificationRoutes {
  constructor(
    private readonly orders: VerifyOrder,
    private readonly receivables: VerifyReceivable,
  ) {}

  @Get('orders/:id/verification')
  @ApiOkResponse({ standardSchema: verdict })
  order(@Param('id') id: string): Promise<Verdict> {
    return this.orders.run(asOrderId(id));
  }

  @Get('receivables/:id/verification')
  @ApiOkResponse({ standardSchema: verdict })
  receivable(@Param('id') id: string): Promise<Verdict> {
    return this.receivables.run(asReceivableId(id));
  }
}
