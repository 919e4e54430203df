import { sameUnit } from './units.js';

it.each([
  ['KGM', 'KGM', true],
  ['C62', 'EA', true],
  ['H87', 'C62', true],
  ['CS', 'EA', false],
  ['KGM', 'GRM', false],
  ['kg', 'KGM', false],
  ['ea', 'EA', false],
  [undefined, 'EA', true],
  ['EA', undefined, true],
  [undefined, undefined, true],
])('quantities in %s and %s can be compared: %s', (one, other, can) => {
  expect([sameUnit(one, other), sameUnit(other, one)]).toEqual([can, can]);
});
