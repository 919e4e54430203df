import { identityUnusable } from './unusable.js';

const RUNS = /\p{Nd}+|[\p{L}\p{M}\p{Nl}\p{No}]+/gu;

/**
 * A document number as everyone who writes it differently means it: case, spaces, punctuation and the leading zeros
 * of each run of digits do not tell two numbers apart, so `INV-0042`, `inv 42` and `INV42` are one.
 * Two runs of digits stay apart (`1-11` is not `11-1`).
 */
export function normaliseNumber(number: string): string {
  const plain = number.normalize('NFKC').toUpperCase().normalize('NFKC').replace(/\s+/gu, '');
  const runs = plain.match(RUNS);
  if (!runs) throw identityUnusable('a document number has a letter or a digit');
  let normal = '';
  for (const run of runs) {
    const digits = /^\p{Nd}/u.test(run);
    if (digits && /\p{Nd}$/u.test(normal)) normal += '-';
    normal += digits ? run.replace(/^0+(?=.)/u, '') : run;
  }
  // Marks that met when what stood between them went may need their order anew.
  return normal.normalize('NFKC');
}
