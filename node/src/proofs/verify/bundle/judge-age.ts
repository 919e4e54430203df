import { type Fragment, invalid } from '../fragment.js';
import { describeSeconds } from './judge-finality.js';

/** How far the clock of whoever verifies may be behind a chain's, in seconds. */
const SKEW = 900;

/** STATUS fragments for a block that is too old to tell what is now, or not yet; none when it is neither. */
export function judgeAge(timestamp: number, now: number, maxAge: number): Fragment[] {
  const age = now - timestamp;
  if (age > maxAge)
    return [
      invalid(
        'STATUS',
        'PROOF_TOO_OLD',
        `It shows how things stood ${describeSeconds(age)} ago; you take nothing older than ${describeSeconds(maxAge)}.`,
        { ageSeconds: age, maxAgeSeconds: maxAge },
      ),
    ];
  if (age < -SKEW)
    return [
      invalid('STATUS', 'PROOF_FROM_FUTURE', `Its block is ${describeSeconds(age)} ahead of this machine’s clock.`, {
        ageSeconds: age,
      }),
    ];
  return [];
}
