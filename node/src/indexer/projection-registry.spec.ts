import { EVENT_NAMES } from '../kernel/contract-events.generated.js';
import { defineProjection } from './projection.js';
import { ProjectionRegistry } from './projection-registry.js';

const [first, ...others] = EVENT_NAMES;
const nothing = defineProjection({ event: first!, touches: () => [], apply: () => undefined });
const all = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'not in this test']));

it('is not complete while an event is neither projected nor ignored, and names each', () => {
  const registry = new ProjectionRegistry();
  const missing = () => registry.assertComplete();
  expect(missing).toThrow(`events without a projection: ${EVENT_NAMES.join(', ')}`);
  registry.ignore(all(others));
  expect(missing).toThrow(new Error(`events without a projection: ${first}`));
  registry.add(nothing);
  expect(missing).not.toThrow();
});

it('is not complete with an event that is both', () => {
  const registry = new ProjectionRegistry();
  registry.ignore(all(EVENT_NAMES));
  registry.add(nothing);
  expect(() => registry.assertComplete()).toThrow(`events both projected and ignored: ${first}`);
});
