import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { FulfilmentModule } from '../fulfilment/fulfilment.module.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { ReceivablesModule } from '../receivables/receivables.module.js';
import { Freshness } from './queries/freshness.js';
import { GatherOrders } from './queries/gather-orders.js';
import { GatherReceivable } from './queries/gather-receivable.js';
import { IdentityNotesQuery } from './queries/identity-notes.js';
import { OwnChain } from './queries/own-chain.js';
import { ShownDocuments } from './queries/shown-documents.js';
import { VerifyOrder } from './queries/verify-order.js';
import { VerifyReceivable } from './queries/verify-receivable.js';
import { Viewer } from './queries/viewer.js';
import { VerificationRoutes } from './routes/verification.routes.js';

/** Verdicts. */
@Module({
  imports: [DocumentsModule, FulfilmentModule, MembersModule, OrdersModule, ReceivablesModule],
  controllers: [VerificationRoutes],
  providers: [
    Freshness,
    GatherOrders,
    GatherReceivable,
    IdentityNotesQuery,
    OwnChain,
    ShownDocuments,
    VerifyOrder,
    VerifyReceivable,
    Viewer,
  ],
})
export class ProofsModule {}
