import { preferredWait } from './prefer.js';

it.each([
  [undefined, 0],
  ['wait=10', 10],
  ['respond-async, wait=10', 10],
  ['Wait = "7"; x=y, wait=3', 7],
  ['wait=100', 60],
  ['wait=-1', 0],
  ['wait=1.5', 0],
  ['wait=1e3', 0],
  ['await=9', 0],
  [['respond-async', 'wait=4'], 4],
])('%p is %p seconds', (header, seconds) => {
  expect(preferredWait(header, 60)).toBe(seconds);
});
