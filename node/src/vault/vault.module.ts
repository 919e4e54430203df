import { Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/index.js';
import { ExchangeModule } from '../exchange/index.js';
import { FinancingModule } from '../financing/index.js';
import { MembersModule } from '../members/index.js';
import { OrdersModule } from '../orders/index.js';
import { ReceivablesModule } from '../receivables/index.js';
import { Erase } from './commands/erase.js';
import { Rewrap } from './commands/rewrap.handler.js';
import { StillNeeded } from './commands/still-needed.js';
import { JudgeErasure } from './queries/judge-erasure.js';
import { KeyUses } from './queries/key-uses.js';
import { ErasureRoutes } from './routes/erasures.routes.js';
import { VaultRoutes } from './routes/vault.routes.js';
import { Erasures } from './storage/erasures.js';

/** What an operator does with the vault: replaces keys, erases documents. */
@Module({
  imports: [DocumentsModule, ExchangeModule, FinancingModule, MembersModule, OrdersModule, ReceivablesModule],
  controllers: [ErasureRoutes, VaultRoutes],
  providers: [Erase, Erasures, JudgeErasure, KeyUses, Rewrap, StillNeeded],
})
export class VaultModule {}
