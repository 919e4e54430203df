import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Submission, SubmissionRequest } from './submission.js';

/** The outbox of transactions. Its rows are the truth; queues only wake those who work on them. */
export abstract class Submissions {
  /**
   * Puts a transaction into the outbox, within the current unit of work. It is simulated, numbered, signed, sent and
   * followed later, until it is included or refused, whatever crashes meanwhile.
   */
  abstract submit(request: SubmissionRequest): Promise<{ id: string }>;
  /** Throws SUBMISSION_UNKNOWN. */
  abstract get(id: string): Promise<Submission>;
  /**
   * Those of the subjects with such an act on its way, of any account or of this one. To be asked before the index is: what is on its way no more, and has not
   * failed, the index has by then.
   */
  abstract underWay(act: string, subjects: readonly Hex[], account?: Address): Promise<Hex[]>;
  /** The submission once it is included and indexed here, or has failed, or as it is after `ms` milliseconds. */
  abstract waitFor(id: string, ms: number): Promise<Submission & { readonly settled: boolean }>;
}
