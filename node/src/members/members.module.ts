import { Module } from '@nestjs/common';
import { ProjectionRegistry } from '../indexer/index.js';
import { OwnKeys } from './commands/own-keys.js';
import { Propose } from './commands/propose.js';
import { RegisterEntity } from './commands/register-entity.js';
import { RegistryCalls } from './commands/registry-call.js';
import { Vote } from './commands/vote.js';
import { projectMembers } from './projection/index.js';
import { Directory } from './queries/directory.js';
import { LegalEntities } from './queries/legal-entities.js';
import { Members } from './queries/members.js';
import { OneTimeAccounts } from './queries/one-time-accounts.js';
import { Parties } from './queries/parties.js';
import { Proposals } from './queries/proposals.js';
import { KeyRoutes } from './routes/keys.routes.js';
import { LegalEntityRoutes } from './routes/legal-entities.routes.js';
import { MemberRoutes } from './routes/members.routes.js';
import { ProposalRoutes } from './routes/proposals.routes.js';

/** Members, their keys, their legal entities and their votes. */
@Module({
  controllers: [MemberRoutes, ProposalRoutes, KeyRoutes, LegalEntityRoutes],
  providers: [
    Directory,
    Members,
    LegalEntities,
    Parties,
    OneTimeAccounts,
    Proposals,
    Propose,
    Vote,
    OwnKeys,
    RegisterEntity,
    RegistryCalls,
  ],
  exports: [Members, Parties, OneTimeAccounts],
})
export class MembersModule {
  constructor(projections: ProjectionRegistry) {
    projectMembers(projections);
  }
}
