import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { GrantsModule } from '../grants/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { LineageSources, ReceivablesModule } from '../receivables/index.js';
import { Matters, PoliciesModule, Worths } from '../policies/index.js';
import { AcknowledgeRepurchase } from './commands/acknowledge-repurchase.js';
import { AllowChange } from './commands/allow-change.js';
import { AllowVoiding } from './commands/allow-voiding.js';
import { Agree } from './commands/agree.js';
import { AwaitedTags } from './commands/awaited-tags.js';
import { CallRecourse } from './commands/call-recourse.js';
import { ContestDisbursement } from './commands/contest-disbursement.js';
import { DemandRelease } from './commands/demand-release.js';
import { Disburse } from './commands/disburse.js';
import { ClearReservation } from './commands/clear-reservation.js';
import { EncumbranceGuard } from './commands/encumbrance-guard.js';
import { EndGrants } from './commands/end-grants.handler.js';
import { EvidenceBuilder } from './commands/evidence-builder.js';
import { EvidenceCheck } from './commands/evidence-check.js';
import { EvidenceLetters } from './commands/evidence-letters.js';
import { FinancingGrants } from './commands/financing-grants.js';
import { FinancingLetters } from './commands/financing-letters.js';
import { FinancingPapers } from './commands/financing-papers.js';
import { FinancingRules } from './commands/financing-rules.js';
import { GiveNotice } from './commands/give-notice.js';
import { HolderActs } from './commands/holder-acts.js';
import { LenderActs } from './commands/lender-acts.js';
import { MakeOffer } from './commands/make-offer.js';
import { Negotiation } from './commands/negotiation.js';
import { OfferLetters } from './commands/offer-letters.js';
import { ReceiveContest } from './commands/receive-contest.js';
import { ReceiveDecline } from './commands/receive-decline.js';
import { ReceiveDisbursement } from './commands/receive-disbursement.js';
import { ReceiveEvidence } from './commands/receive-evidence.js';
import { ReceiveOffer } from './commands/receive-offer.js';
import { ReceiveRecourse } from './commands/receive-recourse.js';
import { ReceiveReleaseDemand } from './commands/receive-release-demand.js';
import { ReceiveRelease } from './commands/receive-release.js';
import { ReceiveRepayment } from './commands/receive-repayment.js';
import { ReceiveRepurchase } from './commands/receive-repurchase.js';
import { ReceiveRequest } from './commands/receive-request.js';
import { ReceiveReview } from './commands/receive-review.js';
import { ReceiveWithdrawal } from './commands/receive-withdrawal.js';
import { ReceiveWriteOff } from './commands/receive-write-off.js';
import { ReceivedWords } from './commands/received-words.js';
import { RecordRepayment } from './commands/record-repayment.js';
import { RefreshEvidence } from './commands/refresh-evidence.js';
import { Release } from './commands/release.js';
import { RequestDelivery } from './commands/request-delivery.js';
import { RequestFinancing } from './commands/request-financing.js';
import { Reservations } from './commands/reservation.js';
import { StatementActs } from './commands/statement-acts.js';
import { WholeCheck } from './commands/whole-check.js';
import { WriteOff } from './commands/write-off.js';
import { AdvanceableQuery } from './queries/advanceable.js';
import { Backing } from './queries/backing.js';
import { Counterparty } from './queries/counterparty.js';
import { Exposures } from './queries/exposures.js';
import { FinancingViews } from './queries/financing-views.js';
import { KnownMatters } from './queries/known-matters.js';
import { KnownWorths } from './queries/known-worths.js';
import { FinancingLineage } from './queries/lineage-source.js';
import { OrderAdvances } from './queries/order-advances.js';
import { OrderValues } from './queries/order-values.js';
import { Positions } from './queries/positions.js';
import { ProposedChanges } from './queries/proposed-changes.js';
import { RolledOver } from './queries/rolled-over.js';
import { ChangeConsentRoutes } from './routes/change-consents.routes.js';
import { FinancingRoutes } from './routes/financings.routes.js';
import { LendingRoutes } from './routes/lending.routes.js';
import { RecourseRoutes } from './routes/recourse.routes.js';
import { EndingStore } from './storage/ending.store.js';
import { EvidenceStore } from './storage/evidence.store.js';
import { FinancingStore } from './storage/financing.store.js';
import { RepaymentStore } from './storage/repayment.store.js';
import { SeenBlock } from './storage/seen-block.js';
import { ShownStore } from './storage/shown.store.js';
import { WatchStore } from './storage/watch.store.js';
import { PushEvidence } from './watch/push-evidence.js';
import { WatchFinancing } from './watch/watch-financing.js';
import { Watcher } from './watch/watcher.js';
import { WeighCover } from './watch/weigh-cover.js';

const COMMANDS = [
  AcknowledgeRepurchase,
  AllowChange,
  AllowVoiding,
  Agree,
  AwaitedTags,
  CallRecourse,
  ContestDisbursement,
  DemandRelease,
  Disburse,
  ClearReservation,
  EncumbranceGuard,
  EndGrants,
  EvidenceBuilder,
  EvidenceCheck,
  EvidenceLetters,
  FinancingGrants,
  FinancingLetters,
  FinancingPapers,
  FinancingRules,
  GiveNotice,
  HolderActs,
  LenderActs,
  MakeOffer,
  Negotiation,
  OfferLetters,
  ReceivedWords,
  RecordRepayment,
  RefreshEvidence,
  Release,
  RequestDelivery,
  RequestFinancing,
  Reservations,
  StatementActs,
  WholeCheck,
  WriteOff,
];
const HANDLERS = [
  ReceiveContest,
  ReceiveDecline,
  ReceiveDisbursement,
  ReceiveEvidence,
  ReceiveOffer,
  ReceiveRecourse,
  ReceiveRelease,
  ReceiveReleaseDemand,
  ReceiveRepayment,
  ReceiveRepurchase,
  ReceiveRequest,
  ReceiveReview,
  ReceiveWithdrawal,
  ReceiveWriteOff,
];
const QUERIES = [
  AdvanceableQuery,
  Backing,
  Counterparty,
  Exposures,
  FinancingLineage,
  FinancingViews,
  KnownMatters,
  KnownWorths,
  OrderAdvances,
  OrderValues,
  Positions,
  ProposedChanges,
  RolledOver,
];
const WATCH = [PushEvidence, WatchFinancing, Watcher, WeighCover];
const STORES = [EndingStore, EvidenceStore, FinancingStore, RepaymentStore, SeenBlock, ShownStore, WatchStore];

/** Financing: requests, offers, agreement, disbursement, repayment, release. */
@Module({
  imports: [
    DocumentsModule,
    ExchangeModule,
    GrantsModule,
    MembersModule,
    OrdersModule,
    PoliciesModule,
    ReceivablesModule,
  ],
  controllers: [ChangeConsentRoutes, FinancingRoutes, LendingRoutes, RecourseRoutes],
  providers: [...COMMANDS, ...HANDLERS, ...QUERIES, ...WATCH, ...STORES],
  exports: [EvidenceStore, FinancingStore, FinancingViews, Positions, RecordRepayment],
})
export class FinancingModule {
  constructor(
    sources: LineageSources,
    lineage: FinancingLineage,
    worths: Worths,
    known: KnownWorths,
    matters: Matters,
    put: KnownMatters,
  ) {
    sources.add(lineage);
    worths.add((id) => known.of(id));
    matters.add((id, url) => put.of(id, url));
  }
}
