import { Injectable } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import { News } from '../../events/index.js';
import { mayApprove } from '../domain/approval.js';
import { approvalForbidden, approvalSettled, approvalUnknown } from '../domain/problems.js';
import { type Approval, ApprovalStore } from '../storage/approval.store.js';

/** What a second person does with a command that waits. All within the current unit of work. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly approvals: ApprovalStore,
    private readonly news: News,
  ) {}

  /** Problems: APPROVAL_UNKNOWN, APPROVAL_FORBIDDEN (to who asked, and without the roles), APPROVAL_SETTLED. */
  async decide(id: string, approve: boolean, reason: string | null, caller: Principal): Promise<Approval> {
    const approval = await this.approvals.lock(id);
    if (!approval) throw approvalUnknown('no command waits under this id', { approval: id });
    if (approval.requestedBy === caller.credential)
      throw approvalForbidden('who asks does not approve', { approval: id });
    if (!canApprove(approval, caller))
      throw approvalForbidden('it takes another role', { approval: id, clauses: approval.clauses });
    if (approval.status !== 'PENDING')
      throw approvalSettled(`it is ${approval.status}`, { approval: id, status: approval.status });
    const status = approve ? 'APPROVED' : 'REJECTED';
    await this.approvals.decide(id, status, caller.credential, reason);
    await this.news.add({
      type: approve ? 'approval.given' : 'approval.denied',
      data: { approval: id, command: approval.action },
    });
    return (await this.approvals.find(id))!;
  }
}

export function canApprove({ requestedBy, clauses, requesterRoles }: Approval, caller: Principal): boolean {
  return requestedBy !== caller.credential && mayApprove(caller.roles, clauses, requesterRoles);
}
