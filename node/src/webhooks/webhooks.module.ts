import { Module } from '@nestjs/common';
import { Config, KeyFile } from '../config/index.js';
import { AtRest } from '../kernel/at-rest.js';
import { AddressRules } from '../outbound/index.js';
import { WebhookDesk } from './commands/webhook-desk.js';
import { DeliveryList } from './queries/delivery-list.js';
import { WebhookRoutes } from './routes/webhooks.routes.js';
import { WEBHOOK_SEAL } from './secrets.js';
import { Dispatcher } from './sending/dispatcher.js';
import { ExpireDeliveries } from './sending/expire.handler.js';
import { Sender } from './sending/sender.js';
import { WebhookPost } from './sending/webhook-post.js';
import { DeliveryStore } from './storage/delivery.store.js';
import { Leases } from './storage/leases.js';
import { WebhookStore } from './storage/webhook.store.js';

/** The event stream, sent to receivers of this member's own systems. */
@Module({
  controllers: [WebhookRoutes],
  providers: [
    { provide: WEBHOOK_SEAL, inject: [KeyFile], useFactory: openSeal },
    { provide: WebhookPost, inject: [Config], useFactory: openPost },
    WebhookDesk,
    WebhookStore,
    DeliveryStore,
    DeliveryList,
    Leases,
    Sender,
    Dispatcher,
    ExpireDeliveries,
  ],
})
export class WebhooksModule {}

function openSeal({ keys }: KeyFile): AtRest {
  return new AtRest(keys.vault, 'webhooks');
}

function openPost({ webhookNetworks: networks, embedded }: Config): WebhookPost {
  return new WebhookPost(new AddressRules({ networks, embedded }));
}
