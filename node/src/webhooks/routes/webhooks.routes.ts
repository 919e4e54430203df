import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow, Caller, type Principal } from '../../auth/index.js';
import { done, type Done, type Page, pageOf, pageQuery, readCursor, toPage, uuidParam } from '../../http/index.js';
import { eventType, eventTypesAmong } from '../../events/index.js';
import { parseHex } from '../../kernel/hex.js';
import { WebhookDesk } from '../commands/webhook-desk.js';
import { OVERLAP_SECONDS } from '../domain/limits.js';
import { DeliveryList } from '../queries/delivery-list.js';
import { WebhookStore } from '../storage/webhook.store.js';
import {
  type DeliveryView,
  deliveryView,
  toDeliveryView,
  toWebhookView,
  type WebhookView,
  webhookView,
  webhookWithSecret,
} from './webhook.view.js';

const from = z
  .union([z.enum(['now', 'beginning']), z.strictObject({ after: z.string().max(100) })])
  .describe('One end of the stream, or after the event with this id.');

const newWebhook = z.strictObject({
  url: z.url().max(2048).describe('Where to POST: https, or http in a network that the operator listed.'),
  description: z.string().max(200).default(''),
  types: z
    .array(z.string().min(1).max(100).meta(eventType))
    .min(1)
    .max(100)
    .optional()
    .describe('Names of events; all without.'),
  object: z
    .string()
    .regex(/^0x[0-9a-fA-F]{64}$/)
    .optional()
    .describe('Only events about this order, receivable, proposal or grant.'),
  from: from.default('now'),
});
const replayed = z.strictObject({
  from: from
    .optional()
    .describe(
      'Where to send from: one end of the stream, or after the event with this id; what waits is skipped then. Without it goes on with what waits.',
    ),
});
const rotated = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(OVERLAP_SECONDS.most)
    .default(OVERLAP_SECONDS.default)
    .describe('How long the old secret signs too; 0 when it is known to others.'),
});
const place = z.string().regex(/^\d{1,18}$/);
const webhooks = z.object({ items: z.array(webhookView), nextCursor: z.null() });

type WithSecret = z.output<typeof webhookWithSecret>;

/** Receivers of this member's own systems, to which the event stream is sent. */
@ApiTags('webhooks')
@Controller('v1/webhooks')
@Allow('ADMIN')
export class WebhookRoutes {
  constructor(
    private readonly desk: WebhookDesk,
    private readonly store: WebhookStore,
    private readonly deliveries: DeliveryList,
  ) {}

  @Post()
  @ApiOperation({
    summary:
      'Sends events to a URL, in order and each at least once, signed as the Standard Webhooks specification says.',
  })
  @ApiCreatedResponse({ standardSchema: webhookWithSecret })
  async create(
    @Body({ schema: newWebhook }) { url, description, types, object, from }: z.output<typeof newWebhook>,
    @Caller() caller: Principal,
  ): Promise<Done<WithSecret>> {
    const filter = { types: types && eventTypesAmong(types), object: object ? parseHex(object) : undefined };
    const { webhook, secret } = await this.desk.create({ url, description, filter, from }, caller.credential);
    return done({ ...toWebhookView(webhook), secret }, 201, { once: true });
  }

  @Get()
  @ApiOkResponse({ standardSchema: webhooks })
  async list(): Promise<z.output<typeof webhooks>> {
    return { items: (await this.store.list()).map(toWebhookView), nextCursor: null };
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: webhookView })
  async get(@Param('id', uuidParam) id: string): Promise<WebhookView> {
    return toWebhookView(await this.desk.get(id));
  }

  @Delete(':id')
  @ApiOkResponse({ standardSchema: webhookView })
  async remove(@Param('id', uuidParam) id: string): Promise<Done<WebhookView>> {
    return done(toWebhookView(await this.desk.remove(id)), 200);
  }

  @Post(':id/secret')
  @ApiOperation({ summary: 'Makes a new signing secret; the old one signs beside it for a while.' })
  @ApiCreatedResponse({ standardSchema: webhookWithSecret })
  async rotate(
    @Param('id', uuidParam) id: string,
    @Body({ schema: rotated }) { overlapSeconds }: z.output<typeof rotated>,
  ): Promise<Done<WithSecret>> {
    const { webhook, secret } = await this.desk.rotate(id, overlapSeconds);
    return done({ ...toWebhookView(webhook), secret }, 201, { once: true });
  }

  @Post(':id/replay')
  @ApiOperation({
    summary: 'Goes on with what waits, or sends again or leaves out from an offset; enables a disabled webhook.',
  })
  @ApiOkResponse({ standardSchema: webhookView })
  async replay(
    @Param('id', uuidParam) id: string,
    @Body({ schema: replayed }) body: z.output<typeof replayed>,
  ): Promise<Done<WebhookView>> {
    return done(toWebhookView(await this.desk.replay(id, body.from)), 200);
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent to it in the last 30 days, and what waits; newest first.' })
  @ApiOkResponse({ standardSchema: pageOf(deliveryView) })
  async sent(
    @Param('id', uuidParam) id: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ): Promise<Page<DeliveryView>> {
    await this.desk.get(id);
    const rows = await this.deliveries.list(id, limit + 1, readCursor(cursor, place));
    return toPage(rows, limit, ({ seq }) => seq, toDeliveryView);
  }
}
