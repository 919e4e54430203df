import type { ProblemRecord } from '../kernel/problem.js';

/** What this node has indexed: a block's number, hash and time (seconds). */
export interface Head {
  readonly number: number;
  readonly hash: string;
  readonly timestamp: number;
}

/** The indexer's head as answers show it. */
export interface IndexHeadPort {
  /** The last indexed block; undefined, or number -1, before the first. */
  current(): Head | undefined;
  /** Whether `block` is indexed within `ms` milliseconds. */
  waitFor(block: number, ms: number): Promise<boolean>;
}

/** The indexer room provides this token; http looks it up wherever it is, and leaves the headers out without it. */
export const INDEX_HEAD = Symbol('INDEX_HEAD');

export type SubmissionStatus = 'QUEUED' | 'SENT' | 'INCLUDED' | 'REVERTED' | 'REFUSED';

/** What became of a submission so far. */
export interface SubmissionOutcome {
  readonly status: SubmissionStatus;
  /** INCLUDED and indexed here, or failed for good. */
  readonly settled: boolean;
  /** Why it failed, when REVERTED or REFUSED. */
  readonly problem?: ProblemRecord | null;
}

/** The submissions room's waiting side. */
export interface SubmissionWaiter {
  /** The outcome once settled, or as it is after `ms` milliseconds. */
  waitFor(id: string, ms: number): Promise<SubmissionOutcome>;
}

/** The submissions room provides this token. */
export const SUBMISSION_WAITER = Symbol('SUBMISSION_WAITER');
