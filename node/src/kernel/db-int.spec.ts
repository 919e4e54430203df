import { dbInt } from './db-int.js';

it('is what an integer column holds', () => {
  const taken = [0, 2 ** 31 - 1, 2 ** 31, -1, 0.5, 1e15, '1'].map((value) => dbInt.safeParse(value).success);
  expect(taken).toEqual([true, true, false, false, false, false, false]);
});
