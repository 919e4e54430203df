export type { Encumbrance, Receivable } from './domain/receivable.js';
export type { LenderConsent, SignedConsent } from './domain/signed-consent.js';
export type { OrderTags, SignedTag } from './domain/tags.js';
export { AcknowledgePayment } from './commands/acknowledge-payment.js';
export { ClaimPayment } from './commands/claim-payment.js';
export { ConsentDesk, type ConsentTo } from './commands/consent-desk.js';
export {
  type ChangeConsentBody,
  lenderConsent,
  type LenderVoidConsentBody,
  type NoticeBody,
  knownTag,
  orderTagsBody,
  signedConsent,
  type StatementBody,
  statementBody,
} from './commands/envelopes.js';
export { type Paper, Papers, type PaperSubject, subjectOf } from './commands/papers.js';
export { ReceivableDesk } from './commands/receivable-desk.js';
export { StandingConsents } from './commands/standing-consents.js';
export { TagChecks } from './commands/tag-checks.js';
export { CommittedFields } from './queries/committed-fields.js';
export { coverNotShown, Covers, type ReceivableCover } from './queries/covers.js';
export { Debts } from './queries/debts.js';
export { type LineageCommitment, LineageDocuments } from './queries/lineage-documents.js';
export { type LineageSource, LineageSources } from './queries/lineage-sources.js';
export { requireNoNotice } from './queries/no-notice.js';
export { requireNoneSigned } from './queries/no-signed-split.js';
export { Payees } from './queries/payees.js';
export { ReceivableEntries } from './queries/receivable-entries.js';
export { ReceivableAccess } from './queries/receivable-access.js';
export { ReceivableStandings, type ReceivableStanding } from './queries/receivable-standings.js';
export { type MoneyView, moneyView } from './queries/receivable-view.js';
export { Receivables } from './queries/receivables.js';
export { Splits } from './queries/splits.js';
export { OthersRegistrations } from './queries/others-registrations.js';
export { type SaidPayment, Statements } from './queries/statements.js';
export { Undertakings } from './queries/undertakings.js';
export { ReceivablesModule } from './receivables.module.js';
export { Acknowledgements } from './storage/acknowledgements.js';
export { isOpen } from './storage/chain-payments.js';
export { refOf } from './storage/event-place.js';
export { ReceivableDocuments } from './storage/receivable-documents.js';
export { GivenConsents } from './storage/given-consents.js';
export { Notices } from './storage/notices.js';
export { PartHolders } from './storage/part-holders.js';
export { ReceivableLogStore } from './storage/receivable-log.store.js';
export { SignedTags } from './storage/signed-tags.js';
export { SplitStore } from './storage/split.store.js';
export { TagStore } from './storage/tag.store.js';
export { type VoidConsent, VoidConsents } from './storage/void-consents.js';
