import { portions } from './portions.js';

const call = (bytes: number) => ({ data: `0x${'00'.repeat(bytes)}` });
const sizes = (made: { data: string }[][]) => made.map((some) => some.map(({ data }) => data.length / 2 - 1));

it('fills each portion up to its bytes, in order, and lets nothing out', () => {
  const calls = [3, 3, 4, 1, 10, 11, 0, 2].map(call);
  expect(sizes(portions(calls, 10))).toEqual([[3, 3, 4], [1], [10], [11], [0, 2]]);
  expect(portions(calls, 10).flat()).toEqual(calls);
  expect(portions([], 10)).toEqual([]);
});
