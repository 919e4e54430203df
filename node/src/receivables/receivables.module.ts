import { Module } from '@nestjs/common';
import { KeyFile } from '../config/index.js';
import { DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { MembersModule } from '../members/index.js';
import { OrderClaims, OrdersModule } from '../orders/index.js';
import { AcknowledgeNotice } from './commands/acknowledge-notice.js';
import { AcknowledgePayment } from './commands/acknowledge-payment.js';
import { AnswerFingerprintCheck } from './commands/answer-fingerprint-check.js';
import { AnswerTagRequest } from './commands/answer-tag-request.js';
import { AskFingerprintCheck } from './commands/ask-fingerprint-check.js';
import { Audience } from './commands/audience.js';
import { ClaimPayment } from './commands/claim-payment.js';
import { ConfirmReceivable } from './commands/confirm-receivable.js';
import { ConsentDesk } from './commands/consent-desk.js';
import { ConsentToVoid } from './commands/consent-to-void.js';
import { CreditNoteRules } from './commands/credit-note-rules.js';
import { OtherCreditNotes } from './commands/other-credit-notes.js';
import { DemandReleaseAsParty } from './commands/demand-release-as-party.js';
import { EarlierPayments } from './commands/earlier-payments.js';
import { FingerprintBearers } from './commands/fingerprint-bearers.js';
import { InvoiceParties } from './commands/invoice-parties.js';
import { IssueCreditNote } from './commands/issue-credit-note.js';
import { IssueReceivable } from './commands/issue-receivable.js';
import { LateStatements } from './commands/late-statements.js';
import { MarkDefaulted } from './commands/mark-defaulted.js';
import { MarkOverdue } from './commands/mark-overdue.js';
import { OpenDispute } from './commands/open-dispute.js';
import { OtherConfirmations } from './commands/other-confirmations.js';
import { Papers } from './commands/papers.js';
import { ReceivableDesk } from './commands/receivable-desk.js';
import { ReceiveChangeConsent } from './commands/receive-change-consent.js';
import { ReceiveConfirmation } from './commands/receive-confirmation.js';
import { ReceiveCreditNote } from './commands/receive-credit-note.js';
import { ReceiveCreditNoteExcerpt } from './commands/receive-credit-note-excerpt.js';
import { ReceiveDisputeResolution } from './commands/receive-dispute-resolution.js';
import { ReceiveDispute } from './commands/receive-dispute.js';
import { ReceivedStatements } from './commands/received-statements.js';
import { ReceiveFingerprintAnswer } from './commands/receive-fingerprint-answer.js';
import { ReceiveDefault, ReceiveOverdue } from './commands/receive-lateness.js';
import { ReceiveNotice } from './commands/receive-notice.js';
import { ReceiveOrderTags } from './commands/receive-order-tags.js';
import { ReceivePayment } from './commands/receive-payment.js';
import { ReceiveReceivableDocument } from './commands/receive-receivable-document.js';
import { ReceiveReleaseDemand } from './commands/receive-release-demand.js';
import { ReceiveRegistration } from './commands/receive-registration.js';
import { ReceiveLenderVoidConsent } from './commands/receive-lender-void-consent.js';
import { ReceiveVoidConsent } from './commands/receive-void-consent.js';
import { RecordRegistration } from './commands/record-registration.js';
import { ResolveDispute } from './commands/resolve-dispute.js';
import { SettleReceivable } from './commands/settle-receivable.js';
import { AnswerSplit } from './commands/splits/answer-split.js';
import { EndSplit } from './commands/splits/end-split.js';
import { PartsDesk } from './commands/splits/parts-desk.js';
import { ProposeSplit } from './commands/splits/propose-split.js';
import { ReceivePart } from './commands/splits/receive-part.js';
import { ReceiveSplitAcceptance } from './commands/splits/receive-split-acceptance.js';
import { ReceiveSplitOffer } from './commands/splits/receive-split-offer.js';
import { ReceiveSplitRefusal } from './commands/splits/receive-split-refusal.js';
import { ReceiveSplitRejection } from './commands/splits/receive-split-rejection.js';
import { ReceiveSplitRequest } from './commands/splits/receive-split-request.js';
import { ReceiveSplitWithdrawal } from './commands/splits/receive-split-withdrawal.js';
import { RequestCosignature } from './commands/splits/request-cosignature.js';
import { SignSplit } from './commands/splits/sign-split.js';
import { SplitGuard } from './commands/splits/split-guard.js';
import { TellFailedSplits } from './commands/splits/tell-failed-splits.handler.js';
import { Wholes } from './commands/splits/wholes.js';
import { WithdrawSplit } from './commands/splits/withdraw-split.js';
import { TagChecks } from './commands/tag-checks.js';
import { Tagger } from './commands/tagger.js';
import { TAG_SECRETS } from './commands/tag-secrets.js';
import { StandingConsents } from './commands/standing-consents.js';
import { VoidReceivable } from './commands/void-receivable.js';
import { WithdrawPayment } from './commands/withdraw-payment.js';
import { WithdrawVoidConsent } from './commands/withdraw-void-consent.js';
import { registerProjections } from './projection/index.js';
import { ClaimsOnOrder } from './queries/claims-on-order.js';
import { CommittedFields } from './queries/committed-fields.js';
import { Covers } from './queries/covers.js';
import { Debts } from './queries/debts.js';
import { Deductions } from './queries/deductions.js';
import { GoodsReceivedQuery } from './queries/goods-received.js';
import { LineageDocuments } from './queries/lineage-documents.js';
import { LineageSources } from './queries/lineage-sources.js';
import { Misdirected } from './queries/misdirected.js';
import { OthersRegistrations } from './queries/others-registrations.js';
import { PartViews } from './queries/part-views.js';
import { Payees } from './queries/payees.js';
import { ReceivableAccess } from './queries/receivable-access.js';
import { ReceivableEntries } from './queries/receivable-entries.js';
import { ReceivableList } from './queries/receivable-list.js';
import { ReceivableViews } from './queries/receivable-views.js';
import { ReceivableStandings } from './queries/receivable-standings.js';
import { Receivables } from './queries/receivables.js';
import { Registrations } from './queries/registrations.js';
import { SaidViews } from './queries/said-views.js';
import { SplitViews } from './queries/split-views.js';
import { Splits } from './queries/splits.js';
import { Statements } from './queries/statements.js';
import { Undertakings } from './queries/undertakings.js';
import { VoidConsentViews } from './queries/void-consent-views.js';
import { ConfirmationRoutes } from './routes/confirmations.routes.js';
import { DilutionRoutes } from './routes/dilutions.routes.js';
import { FingerprintCheckRoutes } from './routes/fingerprint-checks.routes.js';
import { LatenessRoutes } from './routes/lateness.routes.js';
import { PaymentRoutes } from './routes/payments.routes.js';
import { ReceivableRoutes } from './routes/receivables.routes.js';
import { RegistrationRoutes } from './routes/registrations.routes.js';
import { RegistryReceivableRoutes } from './routes/registry-receivables.routes.js';
import { SettlementRoutes } from './routes/settlements.routes.js';
import { SplitRoutes } from './routes/splits.routes.js';
import { EncumbranceStore } from './storage/encumbrance.store.js';
import { ForgetFingerprintChecks } from './storage/forget-fingerprint-checks.handler.js';
import { FingerprintChecks } from './storage/fingerprint-checks.js';
import { Acknowledgements } from './storage/acknowledgements.js';
import { Notices } from './storage/notices.js';
import { GivenConsents } from './storage/given-consents.js';
import { PartHolders } from './storage/part-holders.js';
import { ReceivableDocuments } from './storage/receivable-documents.js';
import { ReceivableLogStore } from './storage/receivable-log.store.js';
import { ReceivableStore } from './storage/receivable.store.js';
import { SignedTags } from './storage/signed-tags.js';
import { SplitStore } from './storage/split.store.js';
import { TagStore } from './storage/tag.store.js';
import { LenderVoidConsents } from './storage/lender-void-consents.js';
import { VoidConsents } from './storage/void-consents.js';
import { VoidConsentCheck } from './commands/void-consent-check.js';

const COMMANDS = [
  AcknowledgeNotice,
  AcknowledgePayment,
  AskFingerprintCheck,
  AnswerSplit,
  Audience,
  ClaimPayment,
  ConfirmReceivable,
  ConsentDesk,
  ConsentToVoid,
  CreditNoteRules,
  OtherCreditNotes,
  DemandReleaseAsParty,
  EarlierPayments,
  FingerprintBearers,
  EndSplit,
  InvoiceParties,
  IssueCreditNote,
  IssueReceivable,
  LateStatements,
  MarkDefaulted,
  MarkOverdue,
  OpenDispute,
  OtherConfirmations,
  Papers,
  PartsDesk,
  ProposeSplit,
  ReceivableDesk,
  ReceivedStatements,
  RecordRegistration,
  RequestCosignature,
  ResolveDispute,
  SettleReceivable,
  SignSplit,
  SplitGuard,
  StandingConsents,
  TagChecks,
  Tagger,
  VoidReceivable,
  Wholes,
  WithdrawPayment,
  WithdrawSplit,
  WithdrawVoidConsent,
];
const HANDLERS = [
  AnswerFingerprintCheck,
  AnswerTagRequest,
  ReceiveChangeConsent,
  ReceiveConfirmation,
  ReceiveCreditNote,
  ReceiveCreditNoteExcerpt,
  ReceiveDefault,
  ReceiveDispute,
  ReceiveDisputeResolution,
  ReceiveFingerprintAnswer,
  ReceiveNotice,
  ReceiveOrderTags,
  ReceiveOverdue,
  ReceivePart,
  ReceivePayment,
  ReceiveReceivableDocument,
  ReceiveRegistration,
  ReceiveReleaseDemand,
  ReceiveSplitAcceptance,
  ReceiveSplitOffer,
  ReceiveSplitRefusal,
  ReceiveSplitRejection,
  ReceiveSplitRequest,
  ReceiveSplitWithdrawal,
  ReceiveLenderVoidConsent,
  ReceiveVoidConsent,
];
const QUERIES = [
  ClaimsOnOrder,
  CommittedFields,
  Covers,
  Debts,
  Deductions,
  GoodsReceivedQuery,
  LineageDocuments,
  LineageSources,
  Misdirected,
  PartViews,
  Payees,
  ReceivableAccess,
  ReceivableEntries,
  ReceivableList,
  ReceivableStandings,
  Receivables,
  ReceivableViews,
  OthersRegistrations,
  Registrations,
  SaidViews,
  Splits,
  SplitViews,
  Statements,
  Undertakings,
  VoidConsentViews,
];
const STORES = [
  EncumbranceStore,
  FingerprintChecks,
  GivenConsents,
  Acknowledgements,
  Notices,
  PartHolders,
  ReceivableDocuments,
  ReceivableLogStore,
  ReceivableStore,
  SignedTags,
  SplitStore,
  TagStore,
  LenderVoidConsents,
  VoidConsentCheck,
  VoidConsents,
];

/** Receivables: issue, confirmation, cover, payments, credit notes, disputes; and who has a claim on what. */
@Module({
  imports: [DocumentsModule, ExchangeModule, MembersModule, OrdersModule],
  controllers: [
    ReceivableRoutes,
    ConfirmationRoutes,
    PaymentRoutes,
    SettlementRoutes,
    DilutionRoutes,
    LatenessRoutes,
    FingerprintCheckRoutes,
    SplitRoutes,
    RegistrationRoutes,
    RegistryReceivableRoutes,
  ],
  providers: [
    ForgetFingerprintChecks,
    TellFailedSplits,
    {
      provide: TAG_SECRETS,
      inject: [KeyFile],
      useFactory: ({ keys: { tag, former, next } }: KeyFile) => [
        tag,
        ...(former?.tag ?? []),
        ...(next?.tag ? [next.tag] : []),
      ],
    },
    ...COMMANDS,
    ...HANDLERS,
    ...QUERIES,
    ...STORES,
  ],
  exports: [
    ...QUERIES,
    ...STORES,
    AcknowledgePayment,
    Acknowledgements,
    ClaimPayment,
    ConsentDesk,
    Papers,
    ReceivableDesk,
    StandingConsents,
    TagChecks,
    Tagger,
  ],
})
export class ReceivablesModule {
  constructor(registry: ProjectionRegistry, claims: OrderClaims, onOrder: ClaimsOnOrder) {
    registerProjections(registry);
    claims.add(onOrder);
  }
}
