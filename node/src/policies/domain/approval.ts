import { createHash } from 'node:crypto';
import type { DeskRole } from '../../auth/roles.js';
import type { Matter } from './matter.js';
import type { Scope } from './rule-pack.js';

export const APPROVAL_STATUSES = ['PENDING', 'APPROVED', 'REJECTED', 'USED', 'EXPIRED'] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUSES)[number];

/** A clause that asked for the approval, as it was then. */
export interface ApprovalClause {
  readonly clause: string;
  readonly scope: Scope;
  readonly version: number;
  readonly approvers?: readonly DeskRole[];
}

/** What makes two requests the same command. */
export interface CommandIdentity {
  readonly credential: string;
  readonly action: string;
  readonly url: string;
  readonly body: Uint8Array;
}

export function digestOf({ credential, action, url, body }: CommandIdentity): Buffer {
  const hash = createHash('sha256');
  for (const part of [credential, action, url]) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return hash.update(body).digest();
}

/** Of a command and what it is about, so that what is approved is what was seen. The command's own where it says all itself. */
export function digestWith(command: Buffer, about: readonly Matter[]): Buffer {
  if (about.length === 0) return command;
  const hash = createHash('sha256').update(command);
  for (const { what, root, count } of about) hash.update(`${what} ${root} ${count ?? ''}\n`);
  return hash.digest();
}

/** The id of a command's approval after `settled` earlier ones: two requests at once name the same. */
export function approvalId(digest: Buffer, settled: number): string {
  const bytes = createHash('sha256').update(digest).update(String(settled)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Whether a person with these roles may approve for each clause: by the roles it names, else by one that the caller has. */
export function mayApprove(
  roles: readonly DeskRole[],
  clauses: readonly ApprovalClause[],
  requesterRoles: readonly DeskRole[],
): boolean {
  return clauses.every(({ approvers }) => (approvers ?? requesterRoles).some((role) => roles.includes(role)));
}
