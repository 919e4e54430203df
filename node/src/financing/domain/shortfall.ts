import { type Rational } from '../../kernel/rational.js';

/** By how much principal still out exceeds the cover; null when it does not (rule 5). */
export function shortfallOf(principalOut: Rational, cover: Rational): Rational | null {
  const short = principalOut.minus(cover);
  return short.sign > 0 ? short : null;
}
