import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, done, type Done, Loads, moneyInput } from '../../http/index.js';
import { type Hex, isHex } from '../../kernel/hex.js';
import { asReceivableId } from '../../kernel/ids.js';
import { AcknowledgeNotice } from '../commands/acknowledge-notice.js';
import { ConfirmReceivable } from '../commands/confirm-receivable.js';
import { ConsentToVoid } from '../commands/consent-to-void.js';
import { VoidReceivable } from '../commands/void-receivable.js';
import { WithdrawVoidConsent } from '../commands/withdraw-void-consent.js';
import { type ReceivableView, receivableView, ReceivableViews } from '../queries/receivable-views.js';

const confirmation = z
  .strictObject({
    amount: moneyInput.optional().describe("By default the receivable's own."),
    dueDate: z.iso.date().optional().describe("By default the invoice's, else its issue date."),
    waivesSetOff: z.boolean().default(false),
    waivesDefences: z.boolean().default(false),
    withoutReceipt: z.boolean().default(false).describe('Confirms whatever was received.'),
  })
  .prefault({});

const voiding = z
  .strictObject({
    successor: z
      .custom<Hex>((value) => isHex(value, 32), 'not 0x and 64 lower-case hex digits')
      .optional()
      .describe('Id of the one receivable that may take its fingerprints.'),
  })
  .prefault({});

const Resource = () => ApiCreatedResponse({ standardSchema: receivableView });
const loaded = Loads<ConfirmationRoutes>((routes, { id }) => routes.load(id));

/** What the obligor undertakes, and how both sides take it back. */
@ApiTags('receivables')
@Controller('v1/receivables/:id')
@Allow('ORDER_DESK')
export class ConfirmationRoutes {
  constructor(
    private readonly views: ReceivableViews,
    private readonly confirming: ConfirmReceivable,
    private readonly acknowledging: AcknowledgeNotice,
    private readonly consenting: ConsentToVoid,
    private readonly withdrawing: WithdrawVoidConsent,
    private readonly voiding: VoidReceivable,
  ) {}

  load(id: string): Promise<ReceivableView> {
    return this.views.get(asReceivableId(id));
  }

  @Post('confirmation')
  @loaded
  @Resource()
  async confirm(
    @Param('id') id: string,
    @Body({ schema: confirmation }) { amount, ...body }: z.output<typeof confirmation>,
  ): Promise<Accepted> {
    return accepted(await this.confirming.run(asReceivableId(id), { ...body, ...amount }));
  }

  @Post('notice/acknowledgement')
  @loaded
  @Resource()
  async acknowledgeNotice(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.acknowledging.run(asReceivableId(id)));
  }

  @Post('void-consent')
  @Allow('SUPPLIER_DESK')
  @ApiCreatedResponse({ description: 'The holder consents that it be voided.', standardSchema: receivableView })
  async consentToVoid(
    @Param('id') id: string,
    @Body({ schema: voiding }) { successor }: z.output<typeof voiding>,
  ): Promise<Done<ReceivableView>> {
    await this.consenting.run(asReceivableId(id), successor);
    return done(await this.load(id));
  }

  @Post('void-consent/withdrawal')
  @Allow('SUPPLIER_DESK')
  @loaded
  @ApiCreatedResponse({ description: 'The holder takes its consent back.', standardSchema: receivableView })
  async withdrawVoidConsent(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.withdrawing.run(asReceivableId(id)));
  }

  @Post('voiding')
  @loaded
  @Resource()
  async void(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.voiding.run(asReceivableId(id)));
  }
}
