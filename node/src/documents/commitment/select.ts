import type { Field } from '../../kernel/disclosure.js';
import type { Profile } from './profiles.js';

/**
 * Pointers, each of a field or of all below it (`/amount`, `/buyer`, `` for everything), where the token `*` stands for
 * every element of an array; or a profile, of which a document need not have every field.
 */
export type Selection = readonly string[] | Profile;

/** Fields that every disclosure carries: without them nobody could say what the others are fields of. */
const ALWAYS = ['/kind', '/schema', '/version'];

/** Whether a field is one of those: it says nothing of the trade. */
export const isCommon = (path: string): boolean => ALWAYS.includes(path);

/** Paths selected, in the fields' order and without repeats, and the pointers by which nothing was. */
export function select(fields: readonly Field[], selection: Selection): { paths: string[]; unmatched: string[] } {
  const isProfile = 'patterns' in selection;
  const patterns = isProfile ? selection.patterns : selection;
  // Split once: other members choose both, and there may be hundreds of the one for tens of thousands of the other.
  const stepsOf = patterns.map((pattern) => [pattern, pattern.split('/')] as const);
  const matched = new Set<string>();
  const wanted = new Set(ALWAYS);
  for (const { path } of fields) {
    const tokens = path.split('/');
    for (const [pattern, steps] of stepsOf) {
      if (!leadTo(steps, tokens)) continue;
      matched.add(pattern);
      wanted.add(path);
      for (const length of lengthsOf(steps, tokens)) wanted.add(length);
    }
  }
  const paths = fields.map(({ path }) => path).filter((path) => wanted.has(path));
  return { paths, unmatched: isProfile ? [] : patterns.filter((pattern) => !matched.has(pattern)) };
}

/** Whether a pattern selects the field at this path. */
export const matches = (pattern: string, path: string): boolean => leadTo(pattern.split('/'), path.split('/'));

/** Whether the steps of a pattern are those of a path, or of what it is below. */
function leadTo(steps: readonly string[], tokens: readonly string[]): boolean {
  if (steps.length > tokens.length) return false;
  for (let at = 0; at < steps.length; at++) {
    const [step, token] = [steps[at], tokens[at]!];
    if (step !== token && !(step === '*' && /^\d+$/.test(token))) return false;
  }
  return true;
}

/** Length fields of the arrays whose elements the pattern takes all of. */
function lengthsOf(steps: readonly string[], tokens: readonly string[]): string[] {
  return steps.flatMap((step, at) => (step === '*' ? [`${tokens.slice(0, at).join('/')}/-`] : []));
}
