import { smallChambers } from './chambers.js';

const cards = (...sizes: [number, number, number]) =>
  (['CORE_ENTERPRISES', 'SUPPLIERS', 'LENDERS'] as const).flatMap((chamber, i) =>
    Array.from({ length: sizes[i]! }, () => ({ chamber })),
  );

it('says nothing of chambers of three, nor of who sits in none', () => {
  expect(smallChambers([...cards(3, 4, 3), { chamber: 'NONE' }])).toEqual([]);
});

it('says nothing where there are no cards yet', () => {
  expect(smallChambers([])).toEqual([]);
});

it('names each chamber in which one member alone stops every vote', () => {
  expect(smallChambers(cards(2, 3, 0))).toEqual([
    expect.stringMatching(/^warning: 2 in the chamber CORE_ENTERPRISES;/),
    expect.stringMatching(/^warning: 0 in the chamber LENDERS;/),
  ]);
});
