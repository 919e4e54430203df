import { whole } from './whole.js';

it('takes whole numbers from 1 on, and names what it does not take: nothing given is not 0', () => {
  expect(whole('86400', 'a delay')).toBe(86_400);
  for (const text of ['', ' ', '0', '-1', '1.5', 'two', '1e99'])
    expect(() => whole(text, 'a delay')).toThrow(`a delay is a whole number, not '${text}'`);
});
