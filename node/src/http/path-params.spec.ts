import type { ArgumentMetadata } from '@nestjs/common';
import { uuidParam, wholeParam } from './path-params.js';

const of = (data: string): ArgumentMetadata => ({ type: 'param', data });

it.each([
  ['0', 0],
  ['7', 7],
  ['999999999999999', 999_999_999_999_999],
])('takes %s as a whole number', (text, number) => expect(wholeParam.transform(text, of('n'))).toBe(number));

it.each(['', 'x', '-1', '1.5', '1e3', '0x1', ' 1', '٣', '{n}', '9999999999999999'])(
  'refuses %j as one, and says which parameter it is, what was sent and what is expected',
  (sent) => {
    expect(() => wholeParam.transform(sent, of('n'))).toThrow(
      expect.objectContaining({
        code: 'REQUEST_INVALID',
        detail: 'n in the path is a whole number',
        facts: { parameter: 'n', sent, expected: 'a whole number' },
      }),
    );
  },
);

it('takes UUIDs in either case, and quotes what is none in part only', () => {
  for (const id of ['0190a6a0-0000-7000-8000-00000000000f', '0190A6A0-0000-7000-8000-00000000000F'])
    expect(uuidParam.transform(id, of('id'))).toBe(id);
  expect(() => uuidParam.transform('x'.repeat(5000), of('id'))).toThrow(
    expect.objectContaining({ facts: { parameter: 'id', sent: `${'x'.repeat(40)}…`, expected: 'a UUID' } }),
  );
});
