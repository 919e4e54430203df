import { Injectable } from '@nestjs/common';
import { KeyLineage, type Principal } from '../../auth/index.js';
import { News } from '../../events/index.js';
import { mayApprove } from '../domain/approval.js';
import { approvalDenied, approvalGiven } from '../domain/news.js';
import { approvalForbidden, approvalSettled, approvalUnknown } from '../domain/problems.js';
import { type Approval, ApprovalStore } from '../storage/approval.store.js';

/** What a second person does with a command that waits. All within the current unit of work. */
@Injectable()
export class ApprovalDesk {
  constructor(
    private readonly approvals: ApprovalStore,
    private readonly lineage: KeyLineage,
    private readonly news: News,
  ) {}

  /** Problems: APPROVAL_UNKNOWN, APPROVAL_FORBIDDEN (to who asked, to keys of one line with who asked, without the roles), APPROVAL_SETTLED. */
  async decide(id: string, approve: boolean, reason: string | null, caller: Principal): Promise<Approval> {
    const approval = await this.approvals.lock(id);
    if (!approval) throw approvalUnknown('no command waits under this id', { approval: id });
    if (!(await this.othersThan(caller))(approval.requestedBy))
      throw approvalForbidden('neither who asks approves, nor a key that it made or was made by', { approval: id });
    if (!hasRoles(approval, caller))
      throw approvalForbidden('it takes another role', { approval: id, clauses: approval.clauses });
    if (approval.status !== 'PENDING')
      throw approvalSettled(`it is ${approval.status}`, { approval: id, status: approval.status });
    const status = approve ? 'APPROVED' : 'REJECTED';
    await this.approvals.decide(id, status, caller.credential, reason);
    const news = approve ? approvalGiven : approvalDenied;
    await this.news.add(news({ data: { approval: id, command: approval.action } }));
    return (await this.approvals.find(id))!;
  }

  /** Tells of approvals whether this caller asked for one or can decide on it, and so sees its body. */
  async viewer(caller: Principal): Promise<(approval: Approval) => boolean> {
    const isOther = await this.othersThan(caller);
    return (approval) =>
      approval.requestedBy === caller.credential || (isOther(approval.requestedBy) && hasRoles(approval, caller));
  }

  /** Whether a credential is not this caller's, as far as can be told from who made which. */
  private async othersThan({ credential }: Principal): Promise<(other: string) => boolean> {
    const related = await this.lineage.of(credential);
    return (other) => other !== credential && !related.has(other);
  }
}

const hasRoles = ({ clauses, requesterRoles }: Approval, { roles }: Principal): boolean =>
  mayApprove(roles, clauses, requesterRoles);
