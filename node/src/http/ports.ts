import type { Principal } from '../auth/principal.js';
import type { Money } from '../kernel/money.js';
import type { Problem, ProblemRecord } from '../kernel/problem.js';

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

/** A write as the gate sees it. */
export interface GatedCommand {
  readonly principal: Principal;
  /** `POST /v1/orders/:id/acceptance` */
  readonly action: string;
  /** Id in the path, or a batch's root, if any. */
  readonly object?: string;
  /** Path and query as called. */
  readonly url: string;
  readonly mediaType?: string;
  /** The bytes as they came; empty without a body. */
  readonly body: Uint8Array;
  /** The body as parsed, when it is plain JSON. */
  readonly json?: unknown;
  /** What it moves, where whoever asks knows; else the gate finds out. */
  readonly amounts?: readonly Money[];
}

/** Decides whether a command may run now. */
export interface CommandGate {
  /** Within the command's unit of work, before it runs; throws a Problem to hold it back. */
  admit(command: GatedCommand): Promise<void>;
  /** Within the unit that notes a passing refusal, whatever its reason. */
  refused(command: GatedCommand, problem: Problem): Promise<void>;
}

/** The policies room provides this token; without it every command may run. */
export const COMMAND_GATE = Symbol('COMMAND_GATE');
