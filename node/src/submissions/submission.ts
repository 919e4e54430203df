import type { ContractCall } from '../chain/index.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { ProblemRecord } from '../kernel/problem.js';

/** QUEUED -> SENT -> INCLUDED | REVERTED, or QUEUED -> REFUSED by simulation. A reorg takes INCLUDED back to SENT. */
export type SubmissionStatus = 'QUEUED' | 'SENT' | 'INCLUDED' | 'REVERTED' | 'REFUSED';

/** What a room asks the chain to do. */
export interface SubmissionRequest {
  /** UUID; made when absent. */
  readonly id?: string;
  /** The act in the room's words, e.g. `acceptOrder`: for people and metrics. */
  readonly act: string;
  readonly call: ContractCall;
  /** Who sends: the operator or a one-time account of this node's keyring. */
  readonly account: Address;
  /** What the act is about, for histories. */
  readonly subject: { readonly type: string; readonly id: Hex };
}

/** A submission as it is now. Times are RFC 3339. */
export interface Submission {
  readonly id: string;
  readonly act: string;
  readonly status: SubmissionStatus;
  readonly subject: { readonly type: string; readonly id: Hex };
  readonly account: Address;
  /** Hash of the transaction that carries it, once SENT. */
  readonly transaction: Hex | null;
  /** Block of its inclusion. */
  readonly block: number | null;
  /** Why it failed, when REVERTED or REFUSED. */
  readonly problem: ProblemRecord | null;
  /** Id of the request that asked for it, as in logs and the audit log. */
  readonly requestId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}
