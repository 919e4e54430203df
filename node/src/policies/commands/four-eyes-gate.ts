import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { News } from '../../events/index.js';
import type { CommandGate, GatedCommand } from '../../http/index.js';
import { type Hex, isHex } from '../../kernel/hex.js';
import type { Problem } from '../../kernel/problem.js';
import { approvalId, digestOf, digestWith } from '../domain/approval.js';
import { FREE_ACTIONS, fourEyesOn } from '../domain/four-eyes.js';
import type { Matter } from '../domain/matter.js';
import { approvalRequested } from '../domain/news.js';
import { approvalRequired, approvalStale } from '../domain/problems.js';
import { clausesOf } from '../domain/rule-pack.js';
import { Matters } from '../queries/matters.js';
import { Policies } from '../queries/policies.js';
import { Worths } from '../queries/worths.js';
import { ApprovalStore } from '../storage/approval.store.js';
import { stakesOf } from './stakes.js';

/** Largest body that is kept for who approves, in bytes. */
const LARGEST_KEPT = 1024 * 1024;

/** Codes of refusals that end with a second person's approval. */
const HELD: readonly string[] = ['APPROVAL_REQUIRED', 'APPROVAL_STALE'];

/** Holds commands back until a second person has approved them: then the same command, sent again, passes once. */
@Injectable()
export class FourEyesGate implements CommandGate {
  constructor(
    private readonly policies: Policies,
    private readonly worths: Worths,
    private readonly matters: Matters,
    private readonly approvals: ApprovalStore,
    private readonly news: News,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Within the command's unit of work. Refuses with APPROVAL_REQUIRED; with APPROVAL_STALE where an approval was given and the
   * command is about something else by now, also when that came while it ran. Neither uses an approval up.
   */
  async admit(command: GatedCommand): Promise<void> {
    const clauses = await this.clausesFor(command);
    if (clauses.length === 0) return;
    const request = digestOfCommand(command);
    const digest = digestWith(request, await this.matterOf(command));
    if (await this.approvals.use(digest)) {
      this.unitOfWork.beforeCommit(() => this.requireStill(command, digest));
      return;
    }
    const other = await this.approvals.givenToOther(request, digest);
    const facts = {
      approval: approvalId(digest, await this.approvals.settledCount(digest)),
      ...(other === undefined ? {} : { approved: other }),
      clauses: clauses.map(({ clause, scope, version }) => ({ clause: clause.id, scope, version })),
    };
    if (other === undefined) throw approvalRequired('once it is approved, send the same request again', facts);
    throw approvalStale('read what is there now; once that is approved, send the same request again', facts);
  }

  /** After a refusal's unit was undone: keeps the command for who approves. */
  async refused(command: GatedCommand, problem: Problem): Promise<void> {
    if (!HELD.includes(problem.code)) return;
    const { action, url, body, mediaType, principal } = command;
    const clauses = (await this.clausesFor(command)).map(({ clause, scope, version }) => ({
      ...{ clause: clause.id, scope, version },
      ...(clause.approvers ? { approvers: clause.approvers } : {}),
    }));
    const kept = body.length > 0 && body.length <= LARGEST_KEPT ? Buffer.from(body).toString('utf8') : null;
    const request = digestOfCommand(command);
    const about = await this.matterOf(command);
    const digest = digestWith(request, about);
    const approval = approvalId(digest, await this.approvals.settledCount(digest));
    const added = await this.approvals.add({
      ...{
        id: approval,
        command: request,
        digest,
        about,
        action,
        url,
        mediaType: mediaType ?? null,
        content: kept,
        clauses,
      },
      requestedBy: principal.credential,
      requesterName: principal.name,
      requesterRoles: principal.roles,
    });
    if (added) await this.news.add(approvalRequested({ data: { approval, command: action } }));
  }

  private async clausesFor(command: GatedCommand) {
    const packs = await this.policies.packs();
    const { action } = command;
    if (clausesOf(packs, 'FOUR_EYES').length === 0 || FREE_ACTIONS.includes(action)) return [];
    const id = objectOf(command);
    return fourEyesOn(packs, { action, ...stakesOf(command, id ? await this.worths.of(id) : []) });
  }

  private async matterOf(command: GatedCommand): Promise<readonly Matter[]> {
    const id = objectOf(command);
    return id ? this.matters.of(id, command.url) : [];
  }

  /** What the command read, between the look before it and this one, is what was approved. */
  private async requireStill(command: GatedCommand, digest: Buffer): Promise<void> {
    if (digestWith(digestOfCommand(command), await this.matterOf(command)).equals(digest)) return;
    throw approvalStale('it changed at this moment: send the same request again', { url: command.url });
  }
}

/** As commands read ids: in any case. */
function objectOf({ object }: GatedCommand): Hex | undefined {
  const id = object?.toLowerCase();
  return isHex(id, 32) ? id : undefined;
}

function digestOfCommand({ principal: { credential }, action, url, body }: GatedCommand): Buffer {
  return digestOf({ credential, action, url, body });
}
