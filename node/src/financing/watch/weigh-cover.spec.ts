import { Rational } from '../../kernel/rational.js';
import type { Watch } from '../domain/watch.js';
import type { Position } from '../queries/positions.js';
import { WeighCover } from './weigh-cover.js';

/** What is told, and kept, of an advance whose cover falls short by so much, where it fell short by `before`. */
async function weigh(short: string, before: string | null): Promise<{ told: string[]; kept: Watch }> {
  const told: string[] = [];
  const parts = [
    { shortfallOf: () => Promise.resolve(Rational.parse(short)) },
    { loweringAfter: () => Promise.resolve([]) },
    { add: ({ type }: { type: string }) => Promise.resolve(void told.push(type)) },
  ] as never[];
  const financing = { id: '0x', object: '0x', offer: { terms: { advance: { amount: '1', currency: 'GBP' } } } };
  const watch: Watch = { waiting: true, covered: { block: 1, logIndex: 0 }, shortfall: before, causes: [] };
  const weighing = new (WeighCover as new (...args: never[]) => WeighCover)(...parts);
  const kept = await weighing.run({ financing } as unknown as Position, watch);
  return { told, kept };
}

it.each([
  ['5', null, true],
  ['5.01', '5.00', true],
  ['5', '5.00', false],
  ['4.99', '5.00', false],
  ['10', '9.00', true],
  // No double tells these apart.
  ['9007199254740992.01', '9007199254740992.00', true],
])('a shortfall of %s after one of %s is told: %s', async (short, before, isTold) => {
  const { told, kept } = await weigh(short, before);
  expect(told).toEqual(isTold ? ['financing.cover.short'] : []);
  expect(kept).toMatchObject({ waiting: true, shortfall: Rational.parse(short).toFixed(2) });
});
