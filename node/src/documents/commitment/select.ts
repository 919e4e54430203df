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
  const matched = new Set<string>();
  const wanted = new Set(ALWAYS);
  for (const { path } of fields) {
    for (const pattern of patterns) {
      if (!matches(pattern, path)) continue;
      matched.add(pattern);
      wanted.add(path);
      lengthsOf(pattern, path).forEach((length) => wanted.add(length));
    }
  }
  const paths = fields.map(({ path }) => path).filter((path) => wanted.has(path));
  return { paths, unmatched: isProfile ? [] : patterns.filter((pattern) => !matched.has(pattern)) };
}

/** Whether a pattern selects the field at this path. */
export function matches(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path === pattern || path.startsWith(`${pattern}/`);
  const [steps, tokens] = [pattern.split('/'), path.split('/')];
  return (
    steps.length <= tokens.length &&
    steps.every((step, i) => step === tokens[i] || (step === '*' && /^\d+$/.test(tokens[i]!)))
  );
}

/** Length fields of the arrays whose elements the pattern takes all of. */
function lengthsOf(pattern: string, path: string): string[] {
  const tokens = path.split('/');
  return pattern.split('/').flatMap((step, i) => (step === '*' ? [`${tokens.slice(0, i).join('/')}/-`] : []));
}
