import { Controller, Get, Header, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done, ItemGate } from '../../http/index.js';
import { parseHex } from '../../kernel/hex.js';
import { ENTRY_OUTCOMES, RecordBankEntries } from '../commands/record-bank-entries.js';
import { readCamt054 } from '../domain/camt-054.js';
import { FinancingRequests } from '../queries/financing-requests.js';
import { PaymentOrders } from '../queries/payment-orders.js';

const bic = z.string().regex(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/);
const iban = z.string().max(50);
const payment = z.object({
  debtorIban: iban,
  debtorBic: bic.optional(),
  creditorIban: iban.optional().describe("Not needed where a lender's notice names one account."),
  creditorBic: bic.optional(),
  despitePayTo: z
    .stringbool()
    .optional()
    .describe('Pay who is entitled by the chain, although the invoice says to pay another and no notice says so.'),
  amount: z.string().max(40).optional().describe('By default, and at most, what is owed and was not claimed as paid.'),
  executionDate: z.iso.date().optional().describe('By default the due date, or today if that is past.'),
});

const outcomes = z.object({
  items: z.array(
    z.object({
      bankReference: z.string(),
      endToEndId: z.string().nullable(),
      direction: z.enum(['CREDIT', 'DEBIT']),
      amount: z.object({ amount: z.string(), currency: z.string() }),
      outcome: z.enum(ENTRY_OUTCOMES),
      receivable: z.string().nullable(),
      repayment: z.boolean().describe('Whether a repayment of a financing was recorded too.'),
      code: z.string().nullable().describe('Why it was refused.'),
      approval: z.string().nullable().describe('What a second person has to approve; then send the message again.'),
    }),
  ),
});
type Outcomes = z.output<typeof outcomes>;

const Xml = (message: string) =>
  ApiOkResponse({ description: message, content: { 'application/xml': { schema: { type: 'string' } } } });

/** ISO 20022 messages for banks' systems. */
@ApiTags('banking')
@Controller('v1')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK')
export class BankingRoutes {
  constructor(
    private readonly orders: PaymentOrders,
    private readonly requests: FinancingRequests,
    private readonly recording: RecordBankEntries,
    private readonly gate: ItemGate,
  ) {}

  @Get('receivables/:id/payment-initiation')
  @Allow('ORDER_DESK')
  @ApiOperation({ summary: "A pain.001.001.09 to the party entitled now, for the obligor's bank." })
  @ApiProduces('application/xml')
  @Xml('pain.001.001.09')
  @Header('content-type', 'application/xml')
  payment(@Param('id') id: string, @Query({ schema: payment }) query: z.output<typeof payment>): Promise<string> {
    return this.orders.of(parseHex(id, 32), query);
  }

  @Get('financings/:id/request-message')
  @Allow('SUPPLIER_DESK', 'LENDER_DESK')
  @ApiOperation({ summary: "The request as a tsin.001.001.01, for the lender's system." })
  @ApiProduces('application/xml')
  @Xml('tsin.001.001.01')
  @Header('content-type', 'application/xml')
  request(@Param('id') id: string): Promise<string> {
    return this.requests.of(parseHex(id, 32));
  }

  @Post('bank-notifications')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes in a camt.054: debits become claims to have paid, credits acknowledge them.',
    description:
      'Payments are known by the EndToEndId of this node’s pain.001. A movement counts once. Each is taken only from a caller that might do alone what it stands for.',
  })
  @ApiConsumes('application/xml')
  @ApiBody({ schema: { type: 'string' } })
  @ApiOkResponse({ standardSchema: outcomes })
  async notify(@Req() request: FastifyRequest): Promise<Done<Outcomes>> {
    const entries = readCamt054(request.rawBody ?? Buffer.alloc(0));
    const taken = await this.recording.run(entries, {
      admit: (act) => this.gate.admit(request, act),
      keep: (act, problem) => this.gate.keep(request, act, problem),
    });
    const items = taken.map(({ entry, outcome, receivable, repayment, code, approval }) => ({
      bankReference: entry.bankReference,
      endToEndId: entry.endToEndId ?? null,
      direction: entry.direction,
      amount: { ...entry.amount },
      ...{ outcome, receivable: receivable ?? null, repayment, code: code ?? null, approval: approval ?? null },
    }));
    // What was held back or refused may be taken from the same message later; what was taken never is twice.
    return done({ items }, 200, { passing: items.some(({ code }) => code !== null) });
  }
}
