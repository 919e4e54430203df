import { aboutOf } from './about.js';

const id = (digit: string) => `0x${digit.repeat(64)}`;

it('is each id of the path, of what was made and of the answer, once, and the grants of what was shown', () => {
  const body = JSON.stringify({ id: id('b'), order: id('c'), orders: [id('c')], account: `0x${'d'.repeat(40)}` });
  const known = { made: { id: id('b'), submission: 'a uuid' }, answer: { status: 201, body } };
  const looks = [{ grant: id('e') as `0x${string}` }, { grant: null }];
  expect(aboutOf(known, { object: id('A').replace('0X', '0x'), looks })).toEqual(['a', 'b', 'c', 'e'].map(id));
});

it('is nothing where nothing is named', () => {
  expect(aboutOf({}, { object: 'bank-a' })).toEqual([]);
});
