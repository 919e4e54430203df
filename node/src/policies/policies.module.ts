import { Global, Module } from '@nestjs/common';
import { KeyFile } from '../config/index.js';
import { AtRest } from '../kernel/at-rest.js';
import { COMMAND_GATE } from '../http/index.js';
import { ApprovalDesk } from './commands/approval-desk.js';
import { FourEyesGate } from './commands/four-eyes-gate.js';
import { SetPack } from './commands/set-pack.js';
import { Matters } from './queries/matters.js';
import { Policies } from './queries/policies.js';
import { Worths } from './queries/worths.js';
import { ApprovalRoutes } from './routes/approvals.routes.js';
import { PolicyRoutes } from './routes/policies.routes.js';
import { APPROVAL_SEAL } from './secrets.js';
import { ApprovalStore } from './storage/approval.store.js';
import { ForgetApprovals } from './storage/forget-approvals.handler.js';
import { PackStore } from './storage/pack.store.js';

/** Rules that need no code, and approval by a second person. */
@Global()
@Module({
  controllers: [PolicyRoutes, ApprovalRoutes],
  providers: [
    { provide: APPROVAL_SEAL, inject: [KeyFile], useFactory: openSeal },
    { provide: COMMAND_GATE, useExisting: FourEyesGate },
    ApprovalDesk,
    ApprovalStore,
    ForgetApprovals,
    FourEyesGate,
    Matters,
    PackStore,
    Policies,
    SetPack,
    Worths,
  ],
  exports: [Matters, Policies, Worths],
})
export class PoliciesModule {}

function openSeal({ keys }: KeyFile): AtRest {
  return new AtRest(keys.vault, 'approvals');
}
