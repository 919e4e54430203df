import { drift, same, settled } from './judge.js';

describe('figures are the same', () => {
  it.each<[number | undefined, number | undefined, boolean]>([
    [66_286, 66_274, true],
    [66_700, 66_274, false],
    [65_800, 66_274, false],
    [320, 419, true],
    [320, 421, false],
    [undefined, undefined, true],
    [undefined, 66_274, false],
    [66_274, undefined, false],
  ])('%p and %p: %p', (now, then, expected) => {
    expect(same(now, then)).toBe(expected);
  });
});

it('names what is new, gone and changed', () => {
  expect(drift({ a: 1_000, b: 50_000, d: 1 }, { a: 1_010, b: 60_000, c: 5 })).toEqual([
    'b costs 50000, the snapshot says 60000',
    'd costs 1, the snapshot says nothing',
    'c costs nothing any more, the snapshot says 5',
  ]);
});

it('keeps old figures where nothing but noise has changed', () => {
  expect(settled({ a: 50_040, b: 50_600, d: 7 }, { a: 50_000, b: 50_000, c: 5 })).toEqual({
    a: 50_000,
    b: 50_600,
    d: 7,
  });
});
