import { Injectable } from '@nestjs/common';
import { News } from '../../events/index.js';
import type { CommandGate, GatedCommand } from '../../http/index.js';
import { isHex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { approvalId, digestOf } from '../domain/approval.js';
import { FREE_ACTIONS, fourEyesOn } from '../domain/four-eyes.js';
import { approvalRequired } from '../domain/problems.js';
import { clausesOf } from '../domain/rule-pack.js';
import { Policies } from '../queries/policies.js';
import { type Worth, Worths } from '../queries/worths.js';
import { ApprovalStore } from '../storage/approval.store.js';
import { stakesOf } from './stakes.js';

/** Largest body that is kept for who approves, in bytes. */
const LARGEST_KEPT = 1024 * 1024;

/** Holds commands back until a second person has approved them: then the same command, sent again, passes once. */
@Injectable()
export class FourEyesGate implements CommandGate {
  constructor(
    private readonly policies: Policies,
    private readonly worths: Worths,
    private readonly approvals: ApprovalStore,
    private readonly news: News,
  ) {}

  /** Within the command's unit of work. Refuses with APPROVAL_REQUIRED. */
  async admit(command: GatedCommand): Promise<void> {
    const clauses = await this.clausesFor(command);
    if (clauses.length === 0) return;
    const digest = digestOfCommand(command);
    if (await this.approvals.use(digest)) return;
    const id = approvalId(digest, await this.approvals.settledCount(digest));
    throw approvalRequired('once it is approved, send the same request again', {
      approval: id,
      clauses: clauses.map(({ clause, scope, version }) => ({ clause: clause.id, scope, version })),
    });
  }

  /** After a refusal's unit was undone: keeps the command for who approves. */
  async refused(command: GatedCommand, problem: Problem): Promise<void> {
    if (problem.code !== 'APPROVAL_REQUIRED') return;
    const id = String(problem.facts['approval']);
    const { action, url, body, mediaType, principal } = command;
    const clauses = (await this.clausesFor(command)).map(({ clause, scope, version }) => ({
      ...{ clause: clause.id, scope, version },
      ...(clause.approvers ? { approvers: clause.approvers } : {}),
    }));
    const kept = body.length > 0 && body.length <= LARGEST_KEPT ? Buffer.from(body).toString('utf8') : null;
    const added = await this.approvals.add({
      ...{ id, digest: digestOfCommand(command), action, url, mediaType: mediaType ?? null, content: kept, clauses },
      requestedBy: principal.credential,
      requesterName: principal.name,
      requesterRoles: principal.roles,
    });
    if (added) await this.news.add({ type: 'approval.requested', data: { approval: id, command: action } });
  }

  private async clausesFor(command: GatedCommand) {
    const packs = await this.policies.packs();
    const { action, object } = command;
    if (clausesOf(packs, 'FOUR_EYES').length === 0 || FREE_ACTIONS.includes(action)) return [];
    return fourEyesOn(packs, { action, ...stakesOf(command, await this.worthsOf(object)) });
  }

  private async worthsOf(object: string | undefined): Promise<readonly Worth[]> {
    // As commands read ids: in any case.
    const id = object?.toLowerCase();
    return isHex(id, 32) ? this.worths.of(id) : [];
  }
}

function digestOfCommand({ principal: { credential }, action, url, body }: GatedCommand): Buffer {
  return digestOf({ credential, action, url, body });
}
