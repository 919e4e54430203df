import Sequencer from '@jest/test-sequencer';

const KINDS = ['.e2e.spec.ts', 'lives.integration.spec.ts', '.integration.spec.ts', '.spec.ts'];
const rank = ({ path }) => KINDS.findIndex((kind) => path.endsWith(kind));

/**
 * Whole consortiums first, small files last: a long file that begins late runs alone at the end. jest orders by size where
 * it has no times of an earlier run, as on a fresh clone.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
