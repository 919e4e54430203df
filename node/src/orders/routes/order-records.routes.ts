import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { kindOf } from '../../fulfilment/domain/milestone-kinds.js';
import { type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { asOrderId } from '../../kernel/ids.js';
import { CallOffs } from '../queries/call-offs.js';
import { OrderContents } from '../queries/order-contents.js';
import {
  type HistoryEntryView,
  historyEntryView,
  historyKey,
  OrderHistory,
  toHistoryEntry,
} from '../queries/order-history.js';
import { OrderViews } from '../queries/order-views.js';

const versionQuery = z.object({
  version: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('By default the one in force; also one that is proposed.'),
});

const documentView = z.object({
  id: z.string().describe("The order's."),
  version: z.int(),
  commitment: z.string(),
  format: z.string().describe('UBL Order, UBL OrderChange, JSON.'),
  mediaType: z.string(),
  sha256: z.string(),
  fields: z.array(z.object({ path: z.string(), value: z.string() })).describe('All that the commitment is over.'),
  notes: z.array(z.string()).describe('What does not add up in the document.'),
});
type DocumentView = z.output<typeof documentView>;

const drawn = {
  ceiling: z.string(),
  calledOff: z.string().describe('By orders that are offered, accepted or completed.'),
  remaining: z.string().describe('Never below 0.'),
};
const allowanceView = z.object({
  currency: z.string().nullable(),
  amount: z.object(drawn).nullable().describe('Null where the framework contract bounds no amount.'),
  lines: z
    .array(z.object({ line: z.string(), item: z.string().nullable(), unit: z.string().nullable(), ...drawn }))
    .describe('Those whose quantities it bounds.'),
});
type AllowanceView = z.input<typeof allowanceView>;

/** What became of an order, and the documents behind it. */
@ApiTags('orders')
@Controller('v1/orders/:id')
@Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
export class OrderRecordRoutes {
  constructor(
    private readonly views: OrderViews,
    private readonly histories: OrderHistory,
    private readonly contents: OrderContents,
    private readonly callOffs: CallOffs,
  ) {}

  @Get('history')
  @ApiOkResponse({ standardSchema: pageOf(historyEntryView) })
  async history(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<HistoryEntryView>> {
    const order = await this.views.disclosed(asOrderId(id));
    const after = readCursor(cursor, historyKey);
    const events = await this.histories.of(order, { after, limit: limit + 1 });
    const nameOf = await this.views.names();
    return toPage(
      events,
      limit,
      ({ key }) => key,
      (event) => toHistoryEntry(event, order, nameOf, kindOf),
    );
  }

  /** What is left of a framework contract, for its parties: its ceiling less the orders that call it off and stand. */
  @Get('allowance')
  @ApiOkResponse({ standardSchema: allowanceView })
  async allowance(@Param('id') id: string): Promise<AllowanceView> {
    return this.callOffs.allowance(await this.views.whole(asOrderId(id)));
  }

  @Get('document')
  @ApiOkResponse({ standardSchema: documentView })
  async document(
    @Param('id') id: string,
    @Query({ schema: versionQuery }) query: z.output<typeof versionQuery>,
  ): Promise<DocumentView> {
    const { document, fields, root, version } = await this.stored(id, query.version);
    const { format, mediaType, sha256 } = document.source;
    const notes = [...document.notes];
    return { id: asOrderId(id), version, commitment: root, format, mediaType, sha256, fields: [...fields], notes };
  }

  @Get('document/source')
  @Header('content-disposition', 'attachment')
  @Header('cache-control', 'private, no-store')
  @ApiProduces('application/xml', 'application/json')
  @ApiOkResponse({ description: 'The bytes that were posted.', content: {} })
  async source(
    @Param('id') id: string,
    @Query({ schema: versionQuery }) query: z.output<typeof versionQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { source } = (await this.stored(id, query.version)).document;
    reply.header('content-type', source.mediaType);
    return new StreamableFile(source.bytes);
  }

  private async stored(id: string, version?: number) {
    const order = await this.views.whole(asOrderId(id));
    const proposed = version !== undefined && version === order.pendingVersion;
    return proposed ? this.contents.pending(order) : this.contents.require(order, version);
  }
}
