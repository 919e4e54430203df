import { Module } from '@nestjs/common';
import { KeyFile } from '../config/index.js';
import { DisclosedDocuments, DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { ProjectionRegistry } from '../indexer/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { ReceivablesModule } from '../receivables/index.js';
import { Approvals } from './commands/approvals.js';
import { ApproveGrant } from './commands/approve-grant.js';
import { GrantDesk } from './commands/grant-desk.js';
import { HandOut } from './commands/hand-out.js';
import { HolderWords } from './commands/holder-words.js';
import { KeepGrants } from './commands/keep-grants.handler.js';
import { MakeGrant } from './commands/make-grant.js';
import { OrderPlaces } from './commands/order-places.js';
import { ReceiveApproval } from './commands/receive-approval.js';
import { ReceiveDocuments } from './commands/receive-documents.js';
import { ReceiveGrant } from './commands/receive-grant.js';
import { ReceiveLooks } from './commands/receive-looks.js';
import { ReceiveSharedGrant } from './commands/receive-shared-grant.js';
import { ReceiveWithdrawal } from './commands/receive-withdrawal.js';
import { ReportLooks } from './commands/report-looks.handler.js';
import { RevokeGrant } from './commands/revoke-grant.js';
import { Showing } from './commands/showing.js';
import { TakeDocuments } from './commands/take-documents.js';
import { TakeGrant } from './commands/take-grant.js';
import { onGrantMade } from './projection/on-grant-made.js';
import { onGrantRevoked } from './projection/on-grant-revoked.js';
import { ChainGrants } from './queries/chain-grants.js';
import { CreditFiles } from './queries/credit-files.js';
import { Disclosures } from './queries/disclosures.js';
import { GrantClock } from './queries/grant-clock.js';
import { GrantedCopies } from './queries/granted-copies.js';
import { GrantsWithNews } from './queries/grants-with-news.js';
import { GrantViews } from './queries/grant-views.js';
import { Subjects } from './queries/subjects.js';
import { CreditFileRoutes } from './routes/credit-files.routes.js';
import { DisclosureRoutes } from './routes/disclosures.routes.js';
import { GrantRoutes } from './routes/grants.routes.js';
import { CopiesStore } from './storage/copies.store.js';
import { GrantStore } from './storage/grant.store.js';
import { GrantedOut } from './storage/granted-out.js';
import { NumberedCopies } from './storage/numbered-copies.js';
import { NumberTags } from './storage/number-tags.js';

const COMMANDS = [
  Approvals,
  ApproveGrant,
  GrantDesk,
  HandOut,
  HolderWords,
  KeepGrants,
  MakeGrant,
  OrderPlaces,
  ReportLooks,
  RevokeGrant,
  Showing,
  TakeDocuments,
  TakeGrant,
];
const HANDLERS = [ReceiveApproval, ReceiveDocuments, ReceiveGrant, ReceiveLooks, ReceiveSharedGrant, ReceiveWithdrawal];
const QUERIES = [
  ChainGrants,
  CreditFiles,
  Disclosures,
  GrantClock,
  GrantedCopies,
  GrantsWithNews,
  GrantViews,
  Subjects,
];

/** Grants of access: who may see which fields of what, and the copies that they were shown. */
@Module({
  imports: [DocumentsModule, ExchangeModule, MembersModule, OrdersModule, ReceivablesModule],
  controllers: [CreditFileRoutes, DisclosureRoutes, GrantRoutes],
  providers: [
    ...[...COMMANDS, ...HANDLERS, ...QUERIES, CopiesStore, GrantedOut, GrantStore, NumberedCopies],
    { provide: NumberTags, inject: [KeyFile], useFactory: ({ keys }: KeyFile) => new NumberTags(keys.vault) },
  ],
  exports: [CopiesStore, GrantClock, GrantDesk, GrantStore, Showing, TakeGrant],
})
export class GrantsModule {
  constructor(projections: ProjectionRegistry, disclosed: DisclosedDocuments, copies: GrantedCopies) {
    projections.add(onGrantMade);
    projections.add(onGrantRevoked);
    disclosed.addSource(copies);
  }
}
