import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../auth/index.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { VerifyOrder } from '../queries/verify-order.js';
import { VerifyReceivable } from '../queries/verify-receivable.js';
import type { Verdict } from '../verify/fragment.js';
import { verdictView } from './verdict.view.js';

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
  @ApiOkResponse({ standardSchema: verdictView })
  order(@Param('id') id: string): Promise<Verdict> {
    return this.orders.run(asOrderId(id));
  }

  @Get('receivables/:id/verification')
  @ApiOkResponse({ standardSchema: verdictView })
  receivable(@Param('id') id: string): Promise<Verdict> {
    return this.receivables.run(asReceivableId(id));
  }
}
