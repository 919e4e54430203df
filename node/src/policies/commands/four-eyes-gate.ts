import { Injectable } from '@nestjs/common';
import { importDocument } from '../../documents/index.js';
import { News } from '../../events/index.js';
import type { CommandGate, GatedCommand } from '../../http/index.js';
import { isHex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import type { Problem } from '../../kernel/problem.js';
import { approvalId, digestOf } from '../domain/approval.js';
import { type CommandFacts, FREE_ACTIONS, fourEyesOn } from '../domain/four-eyes.js';
import { namedAmounts } from '../domain/named-amounts.js';
import { approvalRequired } from '../domain/problems.js';
import { clausesOf } from '../domain/rule-pack.js';
import { Policies } from '../queries/policies.js';
import { Worths } from '../queries/worths.js';
import { ApprovalStore } from '../storage/approval.store.js';

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
    if (clausesOf(packs, 'FOUR_EYES').length === 0 || FREE_ACTIONS.includes(command.action)) return [];
    return fourEyesOn(packs, { action: command.action, ...(await this.amountsOf(command)) });
  }

  /** What it names; what it is about is worth only when it names none. */
  private async amountsOf({ object, body, mediaType, json }: GatedCommand): Promise<Omit<CommandFacts, 'action'>> {
    const worth = object !== undefined && isHex(object, 32) ? await this.worths.of(object) : undefined;
    const items = json === undefined ? linesOf(body, mediaType) : [json].flat();
    const named = items?.map((item) => [...namedAmounts(item, worth?.currency), ...inXmlOf(item)]) ?? [
      inDocument(body, mediaType),
    ];
    const amounts = named.flat();
    if (amounts.length === 0) return { amounts: worth ? [worth] : [] };
    return { amounts, unknown: named.some((each) => each.length === 0) };
  }
}

function digestOfCommand({ principal: { credential }, action, url, body }: GatedCommand): Buffer {
  return digestOf({ credential, action, url, body });
}

/** The payable amount of a document that is no plain JSON; none when it cannot be read, which the command itself refuses. */
function inDocument(body: Uint8Array, mediaType: string | undefined): Money[] {
  if (body.length === 0 || mediaType === undefined) return [];
  try {
    const { model } = importDocument(body, mediaType);
    const { amount, currency } = model as { amount?: string; currency?: string };
    return amount !== undefined && currency !== undefined ? [{ amount, currency }] : [];
  } catch {
    return [];
  }
}

/** The same of the XML document that an item of a bulk command carries as base64. */
function inXmlOf(item: unknown): Money[] {
  const { xml } = (item ?? {}) as { xml?: unknown };
  return typeof xml === 'string' ? inDocument(Buffer.from(xml, 'base64'), 'application/xml') : [];
}

/** What the lines of NDJSON say; undefined when the body is none. A line that cannot be read names nothing here, and is refused by the command. */
function linesOf(body: Uint8Array, mediaType: string | undefined): unknown[] | undefined {
  if (!/ndjson/i.test(mediaType ?? '')) return undefined;
  const lines = Buffer.from(body).toString('utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map(parsed);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
