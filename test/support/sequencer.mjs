import Sequencer from '@jest/test-sequencer';

/**
 * A whole consortium, then some tests of single nodes, and so on; small files last. A long file that begins late runs alone
 * at the end, and two consortiums side by side are slower than one after another. jest orders by size where it has no times
 * of an earlier run, as on a fresh clone.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const kinds = Object.groupBy(
      super.sort(tests),
      ({ path }) => /\.(e2e|integration)\.spec\.ts$/.exec(path)?.[1] ?? 'unit',
    );
    const { e2e = [], integration = [], unit = [] } = kinds;
    const between = Math.ceil(integration.length / Math.max(1, e2e.length));
    const mixed = e2e.flatMap((test, i) => [test, ...integration.slice(i * between, (i + 1) * between)]);
    return [...(e2e.length > 0 ? mixed : integration), ...unit];
  }
}
