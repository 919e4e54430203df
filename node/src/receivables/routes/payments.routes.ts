import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads, moneyInput, wholeParam } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { AcknowledgePayment } from '../commands/acknowledge-payment.js';
import { ClaimPayment } from '../commands/claim-payment.js';
import { WithdrawPayment } from '../commands/withdraw-payment.js';
import { paymentView, type PaymentView } from '../queries/said-view.js';
import { SaidViews } from '../queries/said-views.js';

const claim = z.strictObject({
  amount: moneyInput,
  reference: z.string().min(1).max(200),
  paidTo: z.string().min(1).optional().describe('Short name of the member paid; by default the payee entitled now.'),
});

const Resource = () => ApiCreatedResponse({ standardSchema: paymentView });
const loaded = Loads<PaymentRoutes>((routes, { id }) => routes.said.payment(id));

/** What the obligor says it paid; the payee entitled makes it count, unless the obligor took it back before. */
@ApiTags('receivables')
@Controller('v1/receivables/:id/payments')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK')
export class PaymentRoutes {
  constructor(
    readonly said: SaidViews,
    private readonly claiming: ClaimPayment,
    private readonly acknowledging: AcknowledgePayment,
    private readonly withdrawing: WithdrawPayment,
  ) {}

  @Post()
  @Allow('ORDER_DESK')
  @loaded
  @Resource()
  async claim(
    @Param('id') id: string,
    @Body({ schema: claim }) { amount: money, reference, paidTo }: z.output<typeof claim>,
  ): Promise<Accepted> {
    return accepted(await this.claiming.run(asReceivableId(id), { ...money, reference, paidTo }));
  }

  @Get()
  @ApiOkResponse({ standardSchema: z.object({ items: z.array(paymentView), nextCursor: z.null() }) })
  async list(@Param('id') id: string): Promise<{ items: PaymentView[]; nextCursor: null }> {
    return { items: await this.said.payments(asReceivableId(id)), nextCursor: null };
  }

  @Post(':n/acknowledgement')
  @Allow('SUPPLIER_DESK', 'LENDER_DESK')
  @loaded
  @Resource()
  async acknowledge(@Param('id') id: string, @Param('n', wholeParam) n: number): Promise<Accepted> {
    return accepted(await this.acknowledging.run(asReceivableId(id), n));
  }

  @Post(':n/withdrawal')
  @Allow('ORDER_DESK')
  @loaded
  @Resource()
  async withdraw(@Param('id') id: string, @Param('n', wholeParam) n: number): Promise<Accepted> {
    return accepted(await this.withdrawing.run(asReceivableId(id), n));
  }
}
