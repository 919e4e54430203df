// One line a room; create-app.ts takes whatever is exported here.
export { BankingModule } from './banking/banking.module.js';
export { ChainModule } from './chain/chain.module.js';
export { EventsModule } from './events/events.module.js';
export { EvidenceModule } from './evidence/evidence.module.js';
export { ExchangeModule } from './exchange/exchange.module.js';
export { FinancingModule } from './financing/financing.module.js';
export { FulfilmentModule } from './fulfilment/fulfilment.module.js';
export { GrantsModule } from './grants/grants.module.js';
export { IndexerModule } from './indexer/indexer.module.js';
export { MembersModule } from './members/members.module.js';
export { OrdersModule } from './orders/orders.module.js';
export { PoliciesModule } from './policies/policies.module.js';
export { ProofsModule } from './proofs/proofs.module.js';
export { ReceivablesModule } from './receivables/receivables.module.js';
export { SubmissionsModule } from './submissions/submissions.module.js';
export { VaultModule } from './vault/vault.module.js';
export { WebhooksModule } from './webhooks/webhooks.module.js';
