import { Inject, Injectable } from '@nestjs/common';
import type { DeskRole } from '../../auth/index.js';
import { UnitOfWork } from '../../database/index.js';
import { AtRest } from '../../kernel/at-rest.js';
import type { ApprovalStatus, ApprovalClause } from '../domain/approval.js';
import type { Matter } from '../domain/matter.js';
import { APPROVAL_SEAL } from '../secrets.js';

/** A command that waits, or waited, for a second person. */
export interface Approval {
  readonly id: string;
  readonly action: string;
  readonly url: string;
  readonly mediaType: string | null;
  /** null when it had none or one too large to keep, and from when it is rejected, expired or used */
  readonly content: string | null;
  readonly clauses: readonly ApprovalClause[];
  /** What it was about when it was asked for, beyond what the request says. */
  readonly about: readonly Matter[];
  readonly requestedBy: string;
  readonly requesterName: string;
  readonly requesterRoles: readonly DeskRole[];
  readonly status: ApprovalStatus;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
}

export type NewApproval = Pick<
  Approval,
  | 'id'
  | 'action'
  | 'url'
  | 'mediaType'
  | 'content'
  | 'clauses'
  | 'about'
  | 'requestedBy'
  | 'requesterName'
  | 'requesterRoles'
> & {
  /** Of the request alone. */
  readonly command: Buffer;
  /** Of the request and what it is about. */
  readonly digest: Buffer;
};

const PENDING_DAYS = 7;
const APPROVED_HOURS = 24;

const OPEN = `status IN ('PENDING', 'APPROVED') AND expires_at > now()`;

const COLUMNS = `id, action, url, media_type AS "mediaType", CASE WHEN ${OPEN} THEN content END AS content, clauses, about, requested_by AS "requestedBy",
  requester_name AS "requesterName", requester_roles AS "requesterRoles", reason, decided_by AS "decidedBy",
  CASE WHEN status IN ('PENDING', 'APPROVED') AND expires_at <= now() THEN 'EXPIRED' ELSE status END AS status,
  requested_at AS "requestedAt", decided_at AS "decidedAt", used_at AS "usedAt", expires_at AS "expiresAt"`;

/** Commands and their approvals. All within the current unit of work. */
@Injectable()
export class ApprovalStore {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(APPROVAL_SEAL) private readonly seal: AtRest,
  ) {}

  /** Uses up an approval of this command as it stands. False when there is none. */
  async use(digest: Buffer): Promise<boolean> {
    const [, changed] = await this.unitOfWork.manager.query<[unknown[], number]>(
      `UPDATE approvals SET status = 'USED', used_at = now(), content = NULL
       WHERE digest = $1 AND status = 'APPROVED' AND expires_at > now()`,
      [digest],
    );
    return changed > 0;
  }

  /** Id of an approval that was given to the same request when it was about something else. */
  async givenToOther(command: Buffer, digest: Buffer): Promise<string | undefined> {
    const rows = await this.unitOfWork.manager.query<{ id: string }[]>(
      `SELECT id FROM approvals WHERE command = $1 AND digest <> $2 AND status = 'APPROVED' AND expires_at > now()
       ORDER BY decided_at DESC LIMIT 1`,
      [command, digest],
    );
    return rows[0]?.id;
  }

  /** How many approvals of this command are over. */
  async settledCount(digest: Buffer): Promise<number> {
    const rows = await this.unitOfWork.manager.query<{ n: number }[]>(
      `SELECT count(*)::int4 AS n FROM approvals WHERE digest = $1 AND NOT (${OPEN})`,
      [digest],
    );
    return rows[0]!.n;
  }

  /** True unless it waits already. */
  async add(approval: NewApproval): Promise<boolean> {
    const { id, command, digest, action, url, mediaType, content, clauses, about, requestedBy } = approval;
    await this.unitOfWork.manager.query(
      `UPDATE approvals SET status = 'EXPIRED', content = NULL
       WHERE digest = $1 AND status IN ('PENDING', 'APPROVED') AND expires_at <= now()`,
      [digest],
    );
    const rows = await this.unitOfWork.manager.query<unknown[]>(
      `INSERT INTO approvals (id, digest, action, url, media_type, content, clauses, requested_by, requester_name,
         requester_roles, expires_at, command, about)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(days => $11), $12, $13)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [
        ...[id, digest, action, url, mediaType, content === null ? null : this.seal.encrypt(id, content)],
        ...[JSON.stringify(clauses), requestedBy, approval.requesterName, approval.requesterRoles, PENDING_DAYS],
        ...[command, JSON.stringify(about)],
      ],
    );
    return rows.length > 0;
  }

  async lock(id: string): Promise<Approval | undefined> {
    return (await this.select('WHERE id = $1 FOR UPDATE', [id]))[0];
  }

  async find(id: string): Promise<Approval | undefined> {
    return (await this.select('WHERE id = $1', [id]))[0];
  }

  /** Newest first; those that wait only, or all. */
  list(pendingOnly: boolean, limit: number, before?: readonly [at: string, id: string]): Promise<Approval[]> {
    const conditions = [
      ...(pendingOnly ? [`status = 'PENDING' AND expires_at > now()`] : []),
      ...(before ? ['(requested_at, id) < ($2::timestamptz, $3::uuid)'] : []),
    ];
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    return this.select(`${where} ORDER BY requested_at DESC, id DESC LIMIT $1`, [limit, ...(before ?? [])]);
  }

  async decide(id: string, status: 'APPROVED' | 'REJECTED', by: string, reason: string | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE approvals SET status = $2, decided_by = $3, reason = $4, decided_at = now(),
         content = CASE WHEN $2 = 'APPROVED' THEN content END, expires_at = now() + make_interval(hours => $5)
       WHERE id = $1`,
      [id, status, by, reason, APPROVED_HOURS],
    );
  }

  /** Empties the bodies of what nobody approved, or used, in time. */
  async expire(): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE approvals SET status = 'EXPIRED', content = NULL
       WHERE status IN ('PENDING', 'APPROVED') AND expires_at <= now()`,
    );
  }

  /**
   * Deletes up to `limit` that ended before so many days; returns how many. One goes only with all of its command's: their
   * number is in the id of the next.
   */
  async forget(days: number, limit: number): Promise<number> {
    const [, deleted] = await this.unitOfWork.manager.query<[unknown[], number]>(
      `DELETE FROM approvals WHERE ctid = ANY (ARRAY(
         SELECT a.ctid FROM approvals a WHERE a.expires_at < now() - make_interval(days => $1)
           AND NOT EXISTS (SELECT 1 FROM approvals b
             WHERE b.digest = a.digest AND b.expires_at >= now() - make_interval(days => $1))
         LIMIT $2))`,
      [days, limit],
    );
    return deleted;
  }

  private async select(clause: string, parameters: unknown[]): Promise<Approval[]> {
    const rows = await this.unitOfWork.manager.query<(Omit<Approval, 'content'> & { content: Buffer | null })[]>(
      `SELECT ${COLUMNS} FROM approvals ${clause}`,
      parameters,
    );
    return rows.map(({ content, ...row }) => ({
      ...row,
      content: content && this.seal.decrypt(row.id, content),
    }));
  }
}
