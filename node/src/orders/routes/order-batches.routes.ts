import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import {
  accepted,
  type Accepted,
  instant,
  Loads,
  type Page,
  pageOf,
  pageQuery,
  readCursor,
  toPage,
} from '../../http/index.js';
import '../../http/request.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { asRoot } from '../../kernel/ids.js';
import { Members } from '../../members/index.js';
import { AnswerBatch } from '../commands/answer-batch.js';
import { PostBatch } from '../commands/post-batch.js';
import { offerExpiry } from '../domain/offer-expiry.js';
import {
  batchKey,
  orderBatchDetail,
  type OrderBatchDetail,
  orderBatchView,
  type OrderBatchView,
  OrderBatchViews,
  toBatchView,
} from '../queries/order-batch-views.js';
import { OrderViews } from '../queries/order-views.js';
import { readCommitments } from './batch-commitments.js';

const newBatch = z.object({
  supplier: z.string().min(1).describe('Short name of the member that all of it is posted to.'),
  expiresAt: instant
    .optional()
    .describe('Last second for acceptance of orders that name none; by default 90 days from now.'),
});

const answer = z.strictObject({
  accept: z
    .union([z.enum(['READ', 'ALL']), z.array(z.string().regex(/^0x[0-9a-f]{64}$/)).max(16_384)])
    .default('READ')
    .describe('Those whose document is here, all, or some by their ids. The others are rejected, for good.'),
  readElsewhere: z
    .boolean()
    .default(false)
    .describe('Says that documents that are not on this node were read elsewhere; else nothing unread is accepted.'),
  rejectUnread: z
    .boolean()
    .default(false)
    .describe(
      'Documents come after their batch: while some are not here, READ is refused with ORDER_DOCUMENT_MISSING. True rejects their orders: for documents that the buyer withholds.',
    ),
});

const Resource = () => ApiCreatedResponse({ standardSchema: orderBatchDetail });
const loaded = Loads<OrderBatchRoutes>((routes, { id }) => routes.get(id));

/** Orders posted by the thousand: one Merkle root to one supplier, answered once. Each is found under /v1/orders as any other. */
@ApiTags('orders')
@Controller('v1/orders/batches')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class OrderBatchRoutes {
  constructor(
    private readonly posting: PostBatch,
    private readonly answering: AnswerBatch,
    private readonly batches: OrderBatchViews,
    private readonly views: OrderViews,
    private readonly members: Members,
    private readonly head: IndexHead,
  ) {}

  @Post()
  @Allow('ORDER_DESK')
  @loaded
  @ApiConsumes('application/octet-stream', 'application/x-ndjson', 'application/json')
  @ApiBody({
    description:
      'Up to 16,384 ready commitments: {commitment, tag, expiresAt?} a line or element, or the 64 bytes of commitment and tag one after another.',
    schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
  })
  @Resource()
  async post(
    @Req() request: FastifyRequest,
    @Query({ schema: newBatch }) { supplier, expiresAt }: z.output<typeof newBatch>,
  ): Promise<Accepted> {
    const { id } = await this.members.byName(supplier);
    const expiry = offerExpiry(this.head.current().timestamp, expiresAt);
    const packed = readCommitments(request.rawBody, request.headers['content-type'] ?? '', expiry);
    return accepted(await this.posting.run(id, packed));
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(orderBatchView) })
  async list(
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<OrderBatchView>> {
    const [rows, nameOf] = await Promise.all([
      this.batches.list(limit + 1, readCursor(cursor, batchKey)),
      this.views.names(),
    ]);
    return toPage(
      rows,
      limit,
      ({ key }) => key,
      (row) => toBatchView(row, nameOf),
    );
  }

  @Get(':root')
  @ApiOkResponse({ standardSchema: orderBatchDetail })
  async get(@Param('root') text: string): Promise<OrderBatchDetail> {
    const root = asRoot(text);
    const [batch, nameOf] = await Promise.all([this.batches.require(root), this.views.names()]);
    return { ...toBatchView(batch, nameOf), read: await this.batches.countRead(root) };
  }

  @Post(':root/answer')
  @Allow('SUPPLIER_DESK')
  @loaded
  @Resource()
  async answer(
    @Param('root') root: string,
    @Body({ schema: answer }) { accept, ...how }: z.output<typeof answer>,
  ): Promise<Accepted> {
    const choice = typeof accept === 'string' ? accept : (accept as Hex[]);
    return accepted(await this.answering.run(asRoot(root), { accept: choice, ...how }));
  }
}
