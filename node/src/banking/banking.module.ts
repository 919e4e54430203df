import { Module } from '@nestjs/common';
import { FinancingModule } from '../financing/index.js';
import { MembersModule } from '../members/index.js';
import { ReceivablesModule } from '../receivables/index.js';
import { RecordBankEntries } from './commands/record-bank-entries.js';
import { FinancingRequests } from './queries/financing-requests.js';
import { NoticedAccounts } from './queries/noticed-accounts.js';
import { Payable } from './queries/payable.js';
import { PaymentOrders } from './queries/payment-orders.js';
import { WaitingClaims } from './queries/waiting-claims.js';
import { BankingRoutes } from './routes/banking.routes.js';
import { BankEntryStore } from './storage/bank-entry.store.js';

/** Messages that banks' systems read and write. */
@Module({
  imports: [FinancingModule, MembersModule, ReceivablesModule],
  controllers: [BankingRoutes],
  providers: [
    BankEntryStore,
    FinancingRequests,
    NoticedAccounts,
    Payable,
    PaymentOrders,
    RecordBankEntries,
    WaitingClaims,
  ],
})
export class BankingModule {}
