import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type Principal } from '../../auth/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { hex32, hexOf } from '../../kernel/hex-schema.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { Members } from '../../members/index.js';
import { Erase } from '../commands/erase.js';
import { type Erasure, ERASURE_FAULTS, type ErasureFault } from '../domain/erasure.js';
import { erasureUnknown } from '../domain/problems.js';
import { JudgeErasure } from '../queries/judge-erasure.js';
import { Erasures } from '../storage/erasures.js';

const resource = z.union([z.strictObject({ order: hex32 }), z.strictObject({ receivable: hex32 })]);
const reason = z.string().min(10).max(2000);

const request = z.strictObject({ resource, reason: reason.describe('Why; it is part of the record.') });

const record = z.strictObject({
  id: z.uuid(),
  status: z.literal('ERASED'),
  version: z.literal(1),
  member: z.string().min(1).max(64).describe('Short name of the member that destroyed its documents.'),
  resource,
  documents: z.array(hex32).min(1).max(10_000).describe('Their commitments, ascending.'),
  reason,
  erasedAt: z.iso
    .datetime()
    .refine((text) => Date.parse(text) >= 0, 'not since 1970')
    .describe('Block time.'),
  block: z.int().nonnegative(),
  account: hexOf(20).describe(
    "Operator account of the member, which signed Erasure under the member registry's domain.",
  ),
  signature: hexOf(65),
});
type ErasureView = z.output<typeof record>;

const place = z.object({ erasedAt: z.int().min(0), id: z.uuid() });

const verdict = z.object({
  valid: z.boolean().describe('Whether the member said so, by an operator that was live at the block.'),
  reason: z.object({ code: z.enum(Object.keys(ERASURE_FAULTS) as [ErasureFault]), message: z.string() }).nullable(),
  keysInDoubt: z
    .array(hexOf(20))
    .describe('KEY_IN_DOUBT: its account, once revoked as perhaps in other hands, whatever block the record names.'),
});

/** Destroying documents, and the signed records of it. */
@ApiTags('vault')
@Controller('v1/erasures')
@Allow('ADMIN', 'AUDITOR')
export class ErasureRoutes {
  constructor(
    private readonly erase: Erase,
    private readonly erasures: Erasures,
    private readonly judge: JudgeErasure,
    private readonly members: Members,
  ) {}

  @Post()
  @Allow('ADMIN')
  @ApiOperation({
    summary: 'Destroys the documents of an order or receivable that is at its end. It cannot be undone.',
  })
  @ApiCreatedResponse({ standardSchema: record })
  async make(
    @Body({ schema: request }) { resource, reason }: z.output<typeof request>,
    @Caller() { credential: reader }: Principal,
  ): Promise<Done<ErasureView>> {
    const onOrder = 'order' in resource;
    const object = onOrder ? resource.order : resource.receivable;
    return done(toView(await this.erase.run({ object, onOrder, reason, reader })));
  }

  @Get()
  @ApiOkResponse({ description: 'The latest first.', standardSchema: pageOf(record) })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Promise<Page<ErasureView>> {
    const { name } = await this.members.self();
    const rows = await this.erasures.list(name, limit + 1, readCursor(cursor, place));
    return toPage(rows, limit, ({ erasedAt, id }) => ({ erasedAt, id }), toView);
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: record })
  async get(@Param('id') id: string): Promise<ErasureView> {
    const { name } = await this.members.self();
    const found = z.uuid().safeParse(id).success ? await this.erasures.find(name, id) : undefined;
    if (!found) throw erasureUnknown('see /v1/erasures', { id });
    return toView(found);
  }

  @Post('verification')
  @HttpCode(200)
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOperation({
    summary: 'Checks a record of an erasure that any member made.',
    description:
      'Its block and time are what the signer says. That it was made by then is proven by its lines in the member’s access log alone, whose head is on chain.',
  })
  @ApiOkResponse({ standardSchema: verdict })
  async verify(
    @Body({ schema: record }) { resource, erasedAt, ...said }: ErasureView,
  ): Promise<z.output<typeof verdict>> {
    const object = 'order' in resource ? resource.order : resource.receivable;
    const erasure = { ...said, object, erasedAt: Math.floor(Date.parse(erasedAt) / 1000) };
    const { fault, inDoubt } = await this.judge.run(erasure);
    const reason = fault && { code: fault, message: ERASURE_FAULTS[fault] };
    return { valid: fault === null, reason, keysInDoubt: inDoubt ? [said.account] : [] };
  }
}

function toView({ object, onOrder, documents, erasedAt, ...said }: Erasure): ErasureView {
  return {
    ...said,
    ...{ status: 'ERASED', version: 1 },
    resource: onOrder ? { order: object } : { receivable: object },
    documents: [...documents],
    erasedAt: timeOf(erasedAt),
  } as ErasureView;
}
