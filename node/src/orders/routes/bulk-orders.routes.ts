import { Controller, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { done, type Done, TAKEN_IN } from '../../http/index.js';
import '../../http/request.js';
import { Members } from '../../members/index.js';
import { FrameworkDesk } from '../commands/framework-desk.js';
import { PostOrders } from '../commands/post-orders.js';
import { readDrafts } from './bulk-drafts.js';

const bulkQuery = z.object({
  batch: z
    .stringbool()
    .default(false)
    .describe('Anchors all orders to one supplier as one Merkle batch, which the supplier answers once.'),
  repeat: z.stringbool().default(false).describe('Posts order numbers once more, although orders of them still stand.'),
});

const bulkResult = z.object({
  items: z
    .array(z.object({ id: z.string(), number: z.string(), submission: z.string() }))
    .describe('In the order given; orders with one submission share a transaction.'),
});
type BulkResult = z.output<typeof bulkResult>;

/** Many purchase orders at once: all are taken in, or none; up to a hundred share a transaction, or all of them one batch. */
@ApiTags('orders')
@Controller('v1/orders/bulk')
@Allow('ORDER_DESK')
export class BulkOrderRoutes {
  constructor(
    private readonly poster: PostOrders,
    private readonly frameworks: FrameworkDesk,
    private readonly members: Members,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Takes in all of the orders, or none.',
    description:
      `${TAKEN_IN} What the chain refuses then it refuses for all orders of the transaction. ` +
      'Where this node refuses one, it takes in none of them, and `facts` tell which it is: `item` or `items`, places from 0, or its `number` or `member`.',
  })
  @ApiConsumes('application/x-ndjson', 'application/json')
  @ApiBody({
    description:
      'A line, or an element of an array, for each order: {supplier, document, expiresAt?}; in place of `document`, `xml` is the bytes of a UBL or Peppol Order in base64.',
    schema: { type: 'array', items: { type: 'object', additionalProperties: true } },
  })
  @ApiCreatedResponse({ standardSchema: bulkResult })
  async post(
    @Req() request: FastifyRequest,
    @Query({ schema: bulkQuery }) { repeat, batch }: z.output<typeof bulkQuery>,
  ): Promise<Done<BulkResult>> {
    const named = await readDrafts(request.rawBody, request.headers['content-type'] ?? '');
    const drafts = await Promise.all(
      named.map(async ({ supplier, ...draft }) => ({ ...draft, supplier: (await this.members.byName(supplier)).id })),
    );
    await this.frameworks.requireUnnamed(drafts);
    return done({ items: await this.poster.run(drafts, { repeat, batch }) });
  }
}
