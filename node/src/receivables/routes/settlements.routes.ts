import { Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { SettleReceivable } from '../commands/settle-receivable.js';
import { type ReceivableView, receivableView, ReceivableViews } from '../queries/receivable-views.js';

const loaded = Loads<SettlementRoutes>((routes, { id }) => routes.load(id));

/** The payee's last word on a receivable that was paid and stayed confirmed. */
@ApiTags('receivables')
@Controller('v1/receivables/:id/settlement')
@Allow('SUPPLIER_DESK', 'LENDER_DESK')
export class SettlementRoutes {
  constructor(
    private readonly views: ReceivableViews,
    private readonly settling: SettleReceivable,
  ) {}

  load(id: string): Promise<ReceivableView> {
    return this.views.get(asReceivableId(id));
  }

  @Post()
  @loaded
  @ApiCreatedResponse({ standardSchema: receivableView })
  async settle(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.settling.run(asReceivableId(id)));
  }
}
