import { Body, Controller, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads, moneyInput, wholeParam } from '../../http/index.js';
import { asReceivableId } from '../../kernel/ids.js';
import { requiredDocument, TakesDocument } from '../../documents/http/index.js';
import { IssueCreditNote } from '../commands/issue-credit-note.js';
import { OpenDispute } from '../commands/open-dispute.js';
import { ResolveDispute } from '../commands/resolve-dispute.js';
import { creditNoteView, disputeView } from '../queries/said-view.js';
import { SaidViews } from '../queries/said-views.js';

const text = z.string().min(1).max(2000);
const dispute = z.strictObject({
  amount: moneyInput.optional().describe('By default all of it.'),
  reason: text.describe('For the other side and its lenders; the chain gets a commitment to it.'),
});
const resolution = z.strictObject({ reason: text.optional() }).prefault({});

const disputeLoaded = Loads<DilutionRoutes>((routes, { id }) => routes.said.dispute(id));

/** What lowers a claim: the supplier's credit notes, the obligor's disputes. Cover falls at once. */
@ApiTags('receivables')
@Controller('v1/receivables/:id')
@Allow('ORDER_DESK', 'SUPPLIER_DESK')
export class DilutionRoutes {
  constructor(
    readonly said: SaidViews,
    private readonly crediting: IssueCreditNote,
    private readonly opening: OpenDispute,
    private readonly resolving: ResolveDispute,
  ) {}

  @Post('credit-notes')
  @Allow('SUPPLIER_DESK')
  @Loads<DilutionRoutes>((routes, { id }) => routes.said.creditNote(id))
  @TakesDocument('UBL or Peppol CreditNote, or JSON {document}.')
  @ApiCreatedResponse({ standardSchema: creditNoteView })
  async credit(@Param('id') id: string, @Req() request: FastifyRequest): Promise<Accepted> {
    return accepted(await this.crediting.run(asReceivableId(id), requiredDocument(request, 'CREDIT_NOTE')));
  }

  @Post('disputes')
  @Allow('ORDER_DESK')
  @disputeLoaded
  @ApiCreatedResponse({ standardSchema: disputeView })
  async dispute(
    @Param('id') id: string,
    @Body({ schema: dispute }) { amount: money, reason }: z.output<typeof dispute>,
  ): Promise<Accepted> {
    return accepted(await this.opening.run(asReceivableId(id), { ...money, reason }));
  }

  @Post('disputes/:n/resolution')
  @Allow('ORDER_DESK')
  @disputeLoaded
  @ApiCreatedResponse({ standardSchema: disputeView })
  async resolve(
    @Param('id') id: string,
    @Param('n', wholeParam) n: number,
    @Body({ schema: resolution }) { reason }: z.output<typeof resolution>,
  ): Promise<Accepted> {
    return accepted(await this.resolving.run(asReceivableId(id), n, reason));
  }
}
