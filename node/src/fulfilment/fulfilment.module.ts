import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { Corrections } from './commands/corrections.js';
import { MilestoneContents } from './commands/milestone-contents.js';
import { ReceiveMilestoneDocument } from './commands/receive-milestone-document.js';
import { RecordMilestone } from './commands/record-milestone.js';
import { RecordMilestones } from './commands/record-milestones.js';
import { TrackingDesk } from './commands/tracking-desk.js';
import { projectFulfilment } from './projection/index.js';
import { MilestoneViews } from './queries/milestone-views.js';
import { ReceiptsQuery } from './queries/receipts.js';
import { Tracking } from './queries/tracking.js';
import { IncomingMilestone } from './routes/incoming-milestone.js';
import { BulkMilestoneRoutes } from './routes/bulk-milestones.routes.js';
import { MilestoneRoutes } from './routes/milestones.routes.js';
import { TrackingLinkRoutes, TrackingRoutes } from './routes/tracking.routes.js';
import { MilestonePostings } from './storage/milestone-postings.js';
import { Milestones } from './storage/milestones.js';
import { TrackingLinks } from './storage/tracking-links.js';

/** What became of orders: the append-only log of milestones. */
@Module({
  imports: [DocumentsModule, ExchangeModule, MembersModule, OrdersModule],
  controllers: [BulkMilestoneRoutes, MilestoneRoutes, TrackingLinkRoutes, TrackingRoutes],
  providers: [
    Corrections,
    IncomingMilestone,
    MilestoneContents,
    MilestonePostings,
    Milestones,
    MilestoneViews,
    ReceiptsQuery,
    ReceiveMilestoneDocument,
    RecordMilestone,
    RecordMilestones,
    Tracking,
    TrackingDesk,
    TrackingLinks,
  ],
  exports: [Milestones],
})
export class FulfilmentModule {
  constructor(registry: ProjectionRegistry) {
    projectFulfilment(registry);
  }
}
