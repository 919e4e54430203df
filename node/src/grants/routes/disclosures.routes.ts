import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { asOrderId, asReceivableId } from '../../kernel/ids.js';
import { ORDER_STATUSES } from '../../orders/domain/order-status.js';
import { RECEIVABLE_STATUSES } from '../../receivables/domain/states.js';
import { grantFields } from '../commands/envelopes.js';
import { Disclosures } from '../queries/disclosures.js';
import type { Subject } from '../queries/subjects.js';

const disclosure = z.object({
  fields: z.array(z.object({ path: z.string(), value: z.string(), salt: z.string() })),
  proof: z.array(z.string()),
  flags: z.array(z.boolean()),
});

const id = z.string().describe('0x and 64 hex digits.');
const document = hex32.optional().describe('Commitment of the document; by default that of the version in force.');

const chosen = z.object({
  fields: z
    .string()
    .transform((text) => text.split(','))
    .pipe(grantFields)
    .describe('Pointers or patterns, separated by commas.'),
  document,
});

const disclosed = z.object({
  order: id.optional(),
  receivable: id.optional(),
  document: id,
  kind: z.string(),
  disclosure,
});
type Disclosed = z.output<typeof disclosed>;

/** What {@link disclosed} is, so that it is brought as it was given; of `kind` the fields themselves say what is proven. */
const brought = z
  .strictObject({
    order: hex32.optional(),
    receivable: hex32.optional(),
    document,
    kind: z.string().optional().describe('As a disclosure has it; not looked at.'),
    disclosure: z.unknown(),
  })
  .refine(({ order, receivable }) => (order === undefined) !== (receivable === undefined), {
    message: 'name an order, or a receivable',
  });

const verdict = z.object({
  valid: z.boolean().describe('Whether the fields are in the document that the chain has a commitment of.'),
  document: id,
  inForce: z
    .boolean()
    .nullable()
    .describe(
      'Whether it is the version in force of the order’s or receivable’s own document; as offered, while it is not accepted; false for one before, null for a document of its log, such as a receipt.',
    ),
  status: z
    .enum([...ORDER_STATUSES, ...RECEIVABLE_STATUSES])
    .describe(
      'Of the order or receivable. POSTED or ISSUED: the other side has not signed; REJECTED, WITHDRAWN or EXPIRED: it never did.',
    ),
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  fields: z.array(z.object({ path: z.string(), value: z.string() })).describe('What is proven; none when it is not.'),
});

/** Single fields with their proof: to show on, and to check what was shown. */
@ApiTags('grants')
@Controller('v1')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR')
export class DisclosureRoutes {
  constructor(private readonly disclosures: Disclosures) {}

  @Get('orders/:id/disclosure')
  @ApiOkResponse({ standardSchema: disclosed })
  async ofOrder(
    @Param('id') id: string,
    @Query({ schema: chosen }) query: z.output<typeof chosen>,
  ): Promise<Disclosed> {
    const order = asOrderId(id);
    return { order, ...(await this.pick({ object: order, onOrder: true }, query)) };
  }

  @Get('receivables/:id/disclosure')
  @ApiOkResponse({ standardSchema: disclosed })
  async ofReceivable(
    @Param('id') id: string,
    @Query({ schema: chosen }) query: z.output<typeof chosen>,
  ): Promise<Disclosed> {
    const receivable = asReceivableId(id);
    return { receivable, ...(await this.pick({ object: receivable, onOrder: false }, query)) };
  }

  @Post('disclosures/verification')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: verdict })
  async verify(@Body({ schema: brought }) body: z.output<typeof brought>): Promise<z.output<typeof verdict>> {
    const subject = { object: (body.order ?? body.receivable)!, onOrder: body.order !== undefined };
    const judged = await this.disclosures.verify(subject, body.disclosure, body.document);
    const { valid, document, inForce, status } = judged;
    const of = { valid, document, inForce, status };
    if (!judged.valid) return { ...of, reason: { code: judged.code, message: judged.message }, fields: [] };
    return { ...of, reason: null, fields: [...judged.fields].map(([path, value]) => ({ path, value })) };
  }

  private async pick(
    subject: Subject,
    { fields, document }: z.output<typeof chosen>,
  ): Promise<Omit<Disclosed, 'order'>> {
    const { root, kind, disclosure } = await this.disclosures.of(subject, fields, document);
    const { proof, flags } = disclosure;
    return {
      document: root,
      kind,
      disclosure: { fields: [...disclosure.fields], proof: [...proof], flags: [...flags] },
    };
  }
}
