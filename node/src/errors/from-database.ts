import type { Problem } from '../kernel/problem.js';
import { databaseUnavailable, requestInvalid, requestMalformed, tryAgain } from './problems.js';

const RETRY = { retryAfterSeconds: 1 };

/** Serialization failure, deadlock, lock not available in time, no room for another lock (or no memory). */
const CONTENDED = new Set(['40001', '40P01', '55P03', '53200']);

/** Connection lost (class 08), server stopping or starting, no connection free, one that only reads, socket errors. */
const UNREACHABLE = /^(08.{3}|57P0[123]|53300|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;

/** What `pg` says without a code. */
const UNREACHABLE_MESSAGE =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** What TypeORM says on the next statement of a unit whose connection broke. */
const BROKEN_UNIT = /^QueryRunner(Provider)?AlreadyReleasedError$/;

/** The connection may have broken under the very answer that all was done. */
const LOST =
  'the database does not answer; what was asked may have been done: send it again with the same Idempotency-Key, or look first';

/** Text with U+0000, which JSON can carry and PostgreSQL cannot store. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** A number, of a request or a letter, that its column does not hold. */
const BEYOND = '22003';

/** The problem behind an error of the driver or the ORM, unless it is a defect of ours. */
export function fromDatabase(error: Error): Problem | undefined {
  const cause = 'driverError' in error && error.driverError instanceof Error ? error.driverError : error;
  const code = 'code' in cause ? String(cause.code) : '';
  if (CONTENDED.has(code)) return tryAgain('send the request again', RETRY);
  if (UNSTORABLE.has(code)) return requestMalformed('a text contains the character U+0000');
  if (code === BEYOND) return requestInvalid('a number is larger than what can be kept');
  if (UNREACHABLE.test(code) || UNREACHABLE_MESSAGE.test(cause.message) || BROKEN_UNIT.test(error.name)) {
    return databaseUnavailable(LOST, RETRY);
  }
  return undefined;
}
