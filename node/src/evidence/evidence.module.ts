import { Module } from '@nestjs/common';
import { ProjectionRegistry } from '../indexer/index.js';
import { MembersModule } from '../members/index.js';
import { AnchorAccessLog } from './commands/anchor-access-log.handler.js';
import { onEvidenceAnchored } from './projection/on-evidence-anchored.js';
import { LogParts } from './queries/log-parts.js';
import { LogAnchorRoutes } from './routes/log-anchors.routes.js';
import { LogAnchors } from './storage/log-anchors.js';

/** Batches of evidence anchored on chain. */
@Module({
  imports: [MembersModule],
  controllers: [LogAnchorRoutes],
  providers: [AnchorAccessLog, LogAnchors, LogParts],
})
export class EvidenceModule {
  constructor(projections: ProjectionRegistry) {
    projections.add(onEvidenceAnchored);
  }
}
