import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { ReceivablesModule } from '../receivables/index.js';
import { AnchorAccessLog } from './commands/anchor-access-log.handler.js';
import { AnchorEvidence } from './commands/anchor-evidence.handler.js';
import { Anchoring } from './commands/anchoring.js';
import { RecordEvidence } from './commands/record-evidence.js';
import { onEvidenceAnchored } from './projection/on-evidence-anchored.js';
import { EvidenceProofs } from './queries/evidence-proofs.js';
import { EvidenceSubjects } from './queries/evidence-subjects.js';
import { EvidenceViews } from './queries/evidence-views.js';
import { LogParts } from './queries/log-parts.js';
import { EvidenceRoutes } from './routes/evidence.routes.js';
import { LogAnchorRoutes } from './routes/log-anchors.routes.js';
import { AnchorNumbers } from './storage/anchor-numbers.js';
import { EvidenceBatches } from './storage/evidence-batches.js';
import { EvidenceItems } from './storage/evidence-items.js';
import { EvidenceParcels } from './storage/evidence-parcels.js';
import { LogAnchors } from './storage/log-anchors.js';

const COMMANDS = [AnchorAccessLog, AnchorEvidence, Anchoring, RecordEvidence];
const QUERIES = [EvidenceProofs, EvidenceSubjects, EvidenceViews, LogParts];
const STORES = [AnchorNumbers, EvidenceBatches, EvidenceItems, EvidenceParcels, LogAnchors];

/** Evidence in batches that are anchored on chain, and heads of the access log. */
@Module({
  imports: [DocumentsModule, MembersModule, OrdersModule, ReceivablesModule],
  controllers: [EvidenceRoutes, LogAnchorRoutes],
  providers: [...COMMANDS, ...QUERIES, ...STORES],
  exports: [EvidenceProofs, EvidenceViews],
})
export class EvidenceModule {
  constructor(projections: ProjectionRegistry) {
    projections.add(onEvidenceAnchored);
  }
}
