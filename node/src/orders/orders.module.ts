import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { KeyFile } from '../config/index.js';
import { DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { toBytes } from '../kernel/hex.js';
import { MembersModule } from '../members/index.js';
import { AcceptChange } from './commands/accept-change.js';
import { AcceptOrder } from './commands/accept-order.js';
import { AcceptWithChanges } from './commands/accept-with-changes.js';
import { AcceptOrders } from './commands/accept-orders.js';
import { AnswerBatch } from './commands/answer-batch.js';
import { AppointParticipant } from './commands/appoint-participant.js';
import { CallOff } from './commands/call-off.js';
import { CancelOrder } from './commands/cancel-order.js';
import { ClearLapsed } from './commands/clear-lapsed.js';
import { CompleteOrder } from './commands/complete-order.js';
import { DeclineChange } from './commands/decline-change.js';
import { ExpireOrder } from './commands/expire-order.js';
import { FrameworkDesk } from './commands/framework-desk.js';
import { Materialise } from './commands/materialise.js';
import { OrderDesk } from './commands/order-desk.js';
import { OrderNumbers } from './commands/order-numbers.js';
import { OrderResponses } from './commands/order-responses.js';
import { PostBatch } from './commands/post-batch.js';
import { PostFramework } from './commands/post-framework.js';
import { PostOrder } from './commands/post-order.js';
import { PostOrders } from './commands/post-orders.js';
import { ProposeChange } from './commands/propose-change.js';
import { ReceiveOrderBatch } from './commands/receive-order-batch.js';
import { ReceiveOrderCancellation } from './commands/receive-order-cancellation.js';
import { ReceiveOrderChange } from './commands/receive-order-change.js';
import { ReceiveOrderDocument } from './commands/receive-order-document.js';
import { ReceiveOrderResponse } from './commands/receive-order-response.js';
import { RejectOrder } from './commands/reject-order.js';
import { RetractProposals } from './commands/retract-proposals.js';
import { TAG_SECRET } from './commands/tag-secret.js';
import { WithdrawOrder } from './commands/withdraw-order.js';
import { projectOrders } from './projection/index.js';
import { BatchedOrders } from './queries/batched-orders.js';
import { CallOffs } from './queries/call-offs.js';
import { DocumentParties } from './queries/document-parties.js';
import { OrderAccess } from './queries/order-access.js';
import { OrderBatchViews } from './queries/order-batch-views.js';
import { OrderClaims } from './queries/order-claims.js';
import { OrderContents } from './queries/order-contents.js';
import { OrderDisclosures } from './queries/order-disclosures.js';
import { OrderHistory } from './queries/order-history.js';
import { OrderList } from './queries/order-list.js';
import { OrderPapersQuery } from './queries/order-papers.js';
import { OrderViews } from './queries/order-views.js';
import { OrderStandings } from './queries/order-standings.js';
import { Orders } from './queries/orders.js';
import { OrdersOnChain } from './queries/orders-on-chain.js';
import { BulkAcceptanceRoutes } from './routes/bulk-acceptances.routes.js';
import { BulkOrderRoutes } from './routes/bulk-orders.routes.js';
import { OrderAnswerRoutes } from './routes/order-answers.routes.js';
import { OrderBatchRoutes } from './routes/order-batches.routes.js';
import { OrderChangeRoutes } from './routes/order-changes.routes.js';
import { OrderRecordRoutes } from './routes/order-records.routes.js';
import { OrderRoutes } from './routes/orders.routes.js';
import { RegistryOrderRoutes } from './routes/registry-orders.routes.js';
import { ChangeConsents } from './storage/change-consents.js';
import { Frameworks } from './storage/frameworks.js';
import { OrderBatches } from './storage/order-batches.js';
import { OrderDocuments } from './storage/order-documents.js';
import { OrderPostings } from './storage/order-postings.js';
import { Participants } from './storage/participants.js';
import { ShownOrderLeaves } from './storage/shown-order-leaves.js';

const COMMANDS = [
  AcceptChange,
  AcceptOrder,
  AcceptWithChanges,
  AcceptOrders,
  AnswerBatch,
  AppointParticipant,
  CallOff,
  CancelOrder,
  ClearLapsed,
  CompleteOrder,
  DeclineChange,
  ExpireOrder,
  FrameworkDesk,
  Materialise,
  OrderDesk,
  OrderNumbers,
  OrderResponses,
  PostBatch,
  PostFramework,
  PostOrder,
  PostOrders,
  ProposeChange,
  RejectOrder,
  RetractProposals,
  WithdrawOrder,
];
const HANDLERS = [
  ReceiveOrderBatch,
  ReceiveOrderCancellation,
  ReceiveOrderChange,
  ReceiveOrderDocument,
  ReceiveOrderResponse,
];
const QUERIES = [
  BatchedOrders,
  CallOffs,
  DocumentParties,
  OrderAccess,
  OrderBatchViews,
  OrderClaims,
  OrderContents,
  OrderDisclosures,
  OrderHistory,
  OrderList,
  OrderStandings,
  Orders,
  OrdersOnChain,
  OrderPapersQuery,
  OrderViews,
];

/** Purchase orders: posting, answers, versions, ends. */
@Module({
  imports: [DocumentsModule, ExchangeModule, MembersModule],
  controllers: [
    BulkAcceptanceRoutes,
    BulkOrderRoutes,
    OrderBatchRoutes,
    OrderRoutes,
    OrderAnswerRoutes,
    OrderChangeRoutes,
    OrderRecordRoutes,
    RegistryOrderRoutes,
  ],
  providers: [
    {
      provide: TAG_SECRET,
      inject: [KeyFile],
      useFactory: ({ keys }: KeyFile) => createSecretKey(toBytes(keys.tagSecret)),
    },
    ...COMMANDS,
    ...HANDLERS,
    ...QUERIES,
    ChangeConsents,
    Frameworks,
    OrderBatches,
    OrderDocuments,
    OrderPostings,
    Participants,
    ShownOrderLeaves,
  ],
  exports: [
    BatchedOrders,
    CallOffs,
    ChangeConsents,
    ClearLapsed,
    DocumentParties,
    Materialise,
    OrderAccess,
    OrderClaims,
    OrderContents,
    OrderDisclosures,
    OrderDocuments,
    OrderList,
    OrderStandings,
    Orders,
    OrderViews,
    Participants,
    ShownOrderLeaves,
  ],
})
export class OrdersModule {
  constructor(registry: ProjectionRegistry) {
    projectOrders(registry);
  }
}
