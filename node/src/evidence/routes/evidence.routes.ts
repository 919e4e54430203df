import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { requestInvalid } from '../../errors/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { hex32 } from '../../kernel/hex-schema.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import '../../http/request.js';
import { IndexHead } from '../../indexer/index.js';
import { RecordEvidence } from '../commands/record-evidence.js';
import { evidenceItem } from '../domain/evidence-item.js';
import { evidenceProof, ITEM_FAULTS, type ItemFault } from '../domain/judge-item.js';
import { EvidenceProofs, type JudgedProof } from '../queries/evidence-proofs.js';
import { evidenceKey, type EvidenceView, evidenceView, EvidenceViews } from '../queries/evidence-views.js';
import { incomingItems, MOST_ITEMS } from './incoming-items.js';

const recorded = z.object({
  received: z.int(),
  added: z.int().describe('New ones. The others were there already, with the same id and text.'),
});

const listQuery = z.object({
  ...pageQuery.shape,
  order: hex32.optional().describe('Only evidence of this order ...'),
  receivable: hex32.optional().describe('... or of this receivable.'),
});

const evidenceDetail = evidenceView.extend({
  proof: evidenceProof
    .nullable()
    .describe('To hand to others, who check it at a node of their own; null until ANCHORED.'),
});
type EvidenceDetail = z.output<typeof evidenceDetail>;

const verdict = z.object({
  valid: z.boolean().describe('Whether the member anchored this item by then. Never that there is nothing else.'),
  trust: z.literal('own-rpc'),
  asOfBlock: z.int(),
  member: z.string().describe('Whose word it is.'),
  batch: z.int(),
  leaves: z.int().nullable().describe('How many the member says that the batch has.'),
  block: z.int().nullable(),
  anchoredAt: z.iso.datetime().nullable().describe('Block time.'),
  item: evidenceItem.nullable(),
  reason: z.object({ code: z.enum(Object.keys(ITEM_FAULTS) as [ItemFault]), message: z.string() }).nullable(),
});
type Verdict = z.output<typeof verdict>;

/**
 * Evidence by the thousand: production steps, sensor readings, customer events. One transaction anchors all that waits. It is
 * shown, and never counted as complete.
 */
@ApiTags('evidence')
@Controller('v1/evidence')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class EvidenceRoutes {
  constructor(
    private readonly recording: RecordEvidence,
    private readonly views: EvidenceViews,
    private readonly proofs: EvidenceProofs,
    private readonly head: IndexHead,
  ) {}

  @Post()
  @Allow('ORDER_DESK', 'SUPPLIER_DESK')
  @ApiOperation({ summary: 'Takes in items, all or none; each is anchored within seconds.' })
  @ApiConsumes('application/x-ndjson', 'application/json')
  @ApiBody({
    description: `Up to ${MOST_ITEMS} items, a line or an element of an array each: {id, kind, at, order?, receivable?, data?}.`,
    schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
  })
  @ApiCreatedResponse({ standardSchema: recorded })
  async post(@Req() request: FastifyRequest): Promise<Done<z.output<typeof recorded>>> {
    const items = incomingItems(request.rawBody, request.headers['content-type'] ?? '');
    return done(await this.recording.run(items));
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(evidenceView) })
  async list(@Query({ schema: listQuery }) query: z.output<typeof listQuery>): Promise<Page<EvidenceView>> {
    const { limit, cursor, order, receivable } = query;
    if (order && receivable) throw requestInvalid('name an order or a receivable, not both');
    const rows = await this.views.list(order ?? receivable, limit + 1, readCursor(cursor, evidenceKey));
    return toPage(
      rows,
      limit,
      ({ key }) => key,
      ({ view }) => view,
    );
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: evidenceDetail })
  async get(@Param('id') id: string): Promise<EvidenceDetail> {
    const found = await this.views.get(id);
    return { ...found.view, proof: await this.proofs.of(found) };
  }

  @Post('verifications')
  @HttpCode(200)
  @ApiOperation({ summary: 'Holds the proof of any member’s item against the chain as this node has indexed it.' })
  @ApiOkResponse({ standardSchema: verdict })
  async verify(@Body({ schema: evidenceProof }) proof: z.output<typeof evidenceProof>): Promise<Verdict> {
    const { number: asOfBlock } = this.head.current();
    const { member, batch } = proof;
    return { trust: 'own-rpc', asOfBlock, member, batch, ...toVerdict(await this.proofs.judge(proof)) };
  }
}

function toVerdict({ valid, item, fault, anchored }: JudgedProof) {
  return {
    ...{ valid, item },
    leaves: anchored?.leaves ?? null,
    block: anchored?.block ?? null,
    anchoredAt: anchored ? timeOf(anchored.anchoredAt) : null,
    reason: fault && { code: fault, message: ITEM_FAULTS[fault] },
  };
}
