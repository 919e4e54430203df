import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { done, type Done } from '../../http/index.js';
import { parseHex } from '../../kernel/hex.js';
import { AllowChange } from '../commands/allow-change.js';
import { type FinancingView, financingView } from '../queries/financing-view.js';
import { FinancingViews } from '../queries/financing-views.js';
import { proposedChanges, ProposedChanges, type ProposedChangesView } from '../queries/proposed-changes.js';

const changing = z.strictObject({
  order: hex32.describe('The order that is financed, or one that the receivable was born from.'),
  version: z.int().min(2).describe('Proposed, and not answered yet.'),
  commitment: hex32.describe('Root of the fields that were read: another may be proposed under the same version.'),
});

/** Changes of the orders behind a claim, and its lender's consent to them. */
@ApiTags('financings')
@Controller('v1/financings/:id')
@Allow('LENDER_DESK')
export class ChangeConsentRoutes {
  constructor(
    private readonly views: FinancingViews,
    private readonly changes: ProposedChanges,
    private readonly allowing: AllowChange,
  ) {}

  @Get('changes')
  @Allow('SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: proposedChanges })
  list(@Param('id') id: string): Promise<ProposedChangesView> {
    return this.changes.of(parseHex(id, 32));
  }

  /** Without it no change of an order takes effect that the claim rests on. Goes on to buyer and supplier by the holder. */
  @Post('change-consent')
  @ApiCreatedResponse({ standardSchema: financingView })
  async allow(
    @Param('id') id: string,
    @Body({ schema: changing }) { order, ...read }: z.output<typeof changing>,
  ): Promise<Done<FinancingView>> {
    await this.allowing.run(parseHex(id, 32), order, read);
    return done(await this.views.get(parseHex(id, 32)));
  }
}
