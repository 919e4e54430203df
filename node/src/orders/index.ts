export type { Order } from './domain/order.js';
export { OrdersModule } from './orders.module.js';
export { DocumentParties } from './queries/document-parties.js';
export { OrderAccess, type Standing } from './queries/order-access.js';
export { OrderContents } from './queries/order-contents.js';
export { Orders } from './queries/orders.js';
export { OrderViews } from './queries/order-views.js';
export { Participants } from './storage/participants.js';
