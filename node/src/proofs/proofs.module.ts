import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { EvidenceModule } from '../evidence/index.js';
import { FinancingModule } from '../financing/index.js';
import { FulfilmentModule } from '../fulfilment/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { ReceivablesModule } from '../receivables/index.js';
import { FollowValidators } from './commands/follow-validators.js';
import { FollowValidatorsHandler } from './commands/follow-validators.handler.js';
import { BuildBundle } from './queries/build-bundle.js';
import { BuildEvidenceFile } from './queries/build-evidence-file.js';
import { BundleContents } from './queries/bundle-content.js';
import { BundleDocuments } from './queries/bundle-documents.js';
import { BundleStates } from './queries/bundle-state.js';
import { CheckBundle } from './queries/check-bundle.js';
import { FollowedDeployment } from './queries/followed-deployment.js';
import { Freshness } from './queries/freshness.js';
import { GatherOrders } from './queries/gather-orders.js';
import { GatherReceivable } from './queries/gather-receivable.js';
import { HeaderLineage } from './queries/header-lineage.js';
import { HeaderSource } from './queries/header-source.js';
import { IdentityNotesQuery } from './queries/identity-notes.js';
import { NodeTrust } from './queries/node-trust.js';
import { OwnAdvance } from './queries/own-advance.js';
import { OwnChain } from './queries/own-chain.js';
import { RegistryRootsReader } from './queries/registry-roots.js';
import { SlotReader } from './queries/slot-reader.js';
import { ShownDocuments } from './queries/shown-documents.js';
import { Standings } from './queries/standings.js';
import { SteadyIndex } from './queries/steady.js';
import { VerifyOrder } from './queries/verify-order.js';
import { VerifyPortfolio } from './queries/verify-portfolio.js';
import { VerifyReceivable } from './queries/verify-receivable.js';
import { Viewer } from './queries/viewer.js';
import { EvidenceProofRoutes } from './routes/evidence-proof.routes.js';
import { PortfolioRoutes } from './routes/portfolio.routes.js';
import { ProofRoutes } from './routes/proof.routes.js';
import { VerificationRoutes } from './routes/verification.routes.js';
import { PlainOrderStore } from './storage/plain-orders.js';
import { ValidatorChangeStore } from './storage/validator-change.store.js';

/** Verdicts, and files that carry their proof. */
@Module({
  controllers: [EvidenceProofRoutes, PortfolioRoutes, ProofRoutes, VerificationRoutes],
  imports: [
    DocumentsModule,
    EvidenceModule,
    FinancingModule,
    FulfilmentModule,
    MembersModule,
    OrdersModule,
    ReceivablesModule,
  ],
  providers: [
    BuildBundle,
    BuildEvidenceFile,
    BundleContents,
    BundleDocuments,
    BundleStates,
    CheckBundle,
    FollowedDeployment,
    FollowValidators,
    FollowValidatorsHandler,
    Freshness,
    GatherOrders,
    GatherReceivable,
    HeaderLineage,
    HeaderSource,
    IdentityNotesQuery,
    NodeTrust,
    OwnAdvance,
    OwnChain,
    PlainOrderStore,
    RegistryRootsReader,
    SlotReader,
    ShownDocuments,
    Standings,
    SteadyIndex,
    ValidatorChangeStore,
    VerifyOrder,
    VerifyPortfolio,
    VerifyReceivable,
    Viewer,
  ],
})
export class ProofsModule {}
