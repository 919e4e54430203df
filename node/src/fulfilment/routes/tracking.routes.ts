import { Body, Controller, Delete, Get, Header, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiExcludeEndpoint, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type Principal, Public } from '../../auth/index.js';
import { Config } from '../../config/index.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { asOrderId } from '../../kernel/ids.js';
import { TrackingDesk } from '../commands/tracking-desk.js';
import { Tracking, type TrackingView, trackingView } from '../queries/tracking.js';
import type { TrackingLink } from '../storage/tracking-links.js';
import { TRACKING_PAGE, TRACKING_SCRIPT, trackingUrl } from './tracking-page.js';

const newLink = z.strictObject({
  until: z.iso
    .datetime({ offset: true })
    .transform((text) => Math.floor(Date.parse(text) / 1000))
    .describe('By block time: from this second on it shows nothing.'),
});

const linkId = z.string().regex(/^[0-9a-f]{16}$/);

const linkView = z.object({
  id: z.string(),
  status: z.enum(['OPEN', 'REVOKED']),
  version: z.int(),
  order: z.string(),
  until: z.iso.datetime(),
  madeAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});
type LinkView = z.output<typeof linkView>;

const newLinkView = linkView.extend({
  token: z
    .string()
    .describe('Shown once. For the header, `Authorization: Tracking <token>`; never for a path or query.'),
  url: z
    .string()
    .nullable()
    .describe(
      'For the customer: the token is in the fragment, which is not sent to servers. Null when the node has no TRADEPROOF_PUBLIC_URL, ' +
        'and so does not know where customers reach it: then it is `/v1/tracking/page#<token>` there.',
    ),
});

/** Links by which an end customer follows an order: milestones only. */
@ApiTags('tracking')
@Controller('v1/orders/:id/tracking-links')
@Allow('ORDER_DESK', 'SUPPLIER_DESK')
export class TrackingLinkRoutes {
  constructor(
    private readonly desk: TrackingDesk,
    private readonly config: Config,
  ) {}

  @Post()
  @ApiCreatedResponse({ standardSchema: newLinkView })
  async make(
    @Param('id') id: string,
    @Body({ schema: newLink }) { until }: z.output<typeof newLink>,
    @Caller() caller: Principal,
  ): Promise<Done<z.output<typeof newLinkView>>> {
    const { link, token } = await this.desk.make(asOrderId(id), until, caller.credential);
    const url = trackingUrl(this.config.publicUrl, token.text);
    return done({ ...toView(link), token: token.text, url }, 201, { once: true });
  }

  @Get()
  @ApiOkResponse({ standardSchema: pageOf(linkView) })
  async list(
    @Param('id') id: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<LinkView>> {
    const links = await this.desk.of(asOrderId(id), limit + 1, readCursor(cursor, linkId));
    return toPage(links, limit, (link) => link.id, toView);
  }

  @Delete(':link')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Revoked.', standardSchema: linkView })
  async revoke(@Param('id') id: string, @Param('link') link: string): Promise<Done<LinkView>> {
    return done(toView(await this.desk.revoke(asOrderId(id), link)), 200);
  }
}

/** What an end customer sees. */
@ApiTags('tracking')
@Controller('v1/tracking')
@Public()
export class TrackingRoutes {
  constructor(private readonly tracking: Tracking) {}

  @Get()
  @Header('cache-control', 'private, no-store')
  @ApiOkResponse({ description: 'By `Authorization: Tracking <token>`.', standardSchema: trackingView })
  follow(@Headers('authorization') header?: string): Promise<TrackingView> {
    return this.tracking.follow(/^(?:Tracking|Bearer) +(\S+)$/i.exec(header ?? '')?.[1]);
  }

  @Get('page')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('referrer-policy', 'no-referrer')
  @ApiExcludeEndpoint()
  page(): string {
    return TRACKING_PAGE;
  }

  @Get('page.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @ApiExcludeEndpoint()
  script(): string {
    return TRACKING_SCRIPT;
  }
}

function toView({ id, order, until, madeAt, revokedAt }: TrackingLink): LinkView {
  const status = revokedAt === null ? 'OPEN' : 'REVOKED';
  const version = revokedAt === null ? 1 : 2;
  return { id, status, version, order, until: timeOf(until), madeAt, revokedAt };
}
