import { inPortions } from './portions.js';

const portions = (sizes: readonly number[], bytes: number, items?: number) =>
  inPortions(sizes, (size) => size, { bytes, items });

it('keeps the order, and fills each portion before the next', () => {
  expect(portions([3, 4, 3, 7, 4, 10], 10)).toEqual([[3, 4, 3], [7], [4], [10]]);
});

it('counts items too', () => expect(portions([1, 1, 1, 1, 1], 10, 2)).toEqual([[1, 1], [1, 1], [1]]));

it('gives what is larger than a portion one of its own', () => {
  expect(portions([1, 12, 1, 1], 10)).toEqual([[1], [12], [1, 1]]);
});

it('makes none of nothing', () => expect(portions([], 10)).toEqual([]));
