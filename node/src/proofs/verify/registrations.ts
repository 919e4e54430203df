import { timeOf } from '../../kernel/block-time.js';
import { readRegistration } from '../../receivables/domain/registration.js';
import { entryKindOf } from '../../receivables/domain/receivable-log.js';
import type { ReceivableEvidence } from './evidence.js';

/** A registration elsewhere that the chain has on record; what it says is absent where it is not shown. */
export interface RegistrationOnRecord {
  /** 1 for the first. */
  readonly priority: number;
  /** Its place in the receivable's log. */
  readonly index: number;
  /** Block time, RFC 3339. */
  readonly recordedAt: string;
  readonly register?: string;
  readonly number?: string;
  readonly registeredAt?: string;
  readonly noticeGivenAt?: string;
}

/** In the order of a whole log, which is the order in which they were said. */
export function registrationsOf({ log, documents }: ReceivableEvidence): RegistrationOnRecord[] {
  const shown = new Map(documents.map(({ root, disclosure }) => [root, disclosure]));
  return log
    .map((entry, index) => ({ ...entry, index }))
    .filter(({ kind }) => entryKindOf(kind) === 'REGISTRATION')
    .map(({ commitment, recordedAt, index }, i) => {
      const fields = shown.get(commitment)?.fields.map(({ path, value }) => [path, value] as const);
      return {
        ...{ priority: i + 1, index, recordedAt: timeOf(recordedAt) },
        ...(fields && readRegistration(new Map(fields))),
      };
    });
}
