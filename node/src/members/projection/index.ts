import type { ProjectionRegistry } from '../../indexer/index.js';
import { onEndpointChanged } from './on-endpoint-changed.js';
import { onKeyAdded } from './on-key-added.js';
import { onKeyRevoked } from './on-key-revoked.js';
import { onLegalEntityRegistered } from './on-legal-entity-registered.js';
import { onLegalEntityRemoved } from './on-legal-entity-removed.js';
import { onMemberAdminReplaced } from './on-member-admin-replaced.js';
import { onMemberAdmitted } from './on-member-admitted.js';
import { onMemberReinstated } from './on-member-reinstated.js';
import { onMemberRolesChanged } from './on-member-roles-changed.js';
import { onMemberSuspended } from './on-member-suspended.js';
import { onOperatorAdded } from './on-operator-added.js';
import { onOperatorRevoked } from './on-operator-revoked.js';
import { onProposalCreated } from './on-proposal-created.js';
import { onProposalExecuted } from './on-proposal-executed.js';
import { onProposalPassed } from './on-proposal-passed.js';
import { onVoteCast } from './on-vote-cast.js';

/** What MemberRegistry's events do to this room's tables. */
export function projectMembers(registry: ProjectionRegistry): void {
  registry.add(onMemberAdmitted);
  registry.add(onMemberSuspended);
  registry.add(onMemberReinstated);
  registry.add(onMemberRolesChanged);
  registry.add(onMemberAdminReplaced);
  registry.add(onEndpointChanged);
  registry.add(onOperatorAdded);
  registry.add(onOperatorRevoked);
  registry.add(onKeyAdded);
  registry.add(onKeyRevoked);
  registry.add(onLegalEntityRegistered);
  registry.add(onLegalEntityRemoved);
  registry.add(onProposalCreated);
  registry.add(onVoteCast);
  registry.add(onProposalPassed);
  registry.add(onProposalExecuted);
}
