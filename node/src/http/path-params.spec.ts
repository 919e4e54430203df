import type { ArgumentMetadata } from '@nestjs/common';
import { convertSchema } from './openapi/convert-schema.js';
import { uuidParam, wholeParam } from './path-params.js';

const [whole, uuid] = [wholeParam.pipes[0], uuidParam.pipes[0]];
const of = (data: string): ArgumentMetadata => ({ type: 'param', data });

it.each([
  ['0', 0],
  ['7', 7],
  ['999999999999999', 999_999_999_999_999],
])('takes %s as a whole number', (text, number) => expect(whole.transform(text, of('n'))).toBe(number));

it.each(['', 'x', '-1', '1.5', '1e3', '0x1', ' 1', '٣', '{n}', '9999999999999999'])(
  'refuses %j as one, and says which parameter it is, what was sent and what is expected',
  (sent) => {
    expect(() => whole.transform(sent, of('n'))).toThrow(
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
    expect(uuid.transform(id, of('id'))).toBe(id);
  expect(() => uuid.transform('x'.repeat(5000), of('id'))).toThrow(
    expect.objectContaining({ facts: { parameter: 'id', sent: `${'x'.repeat(40)}…`, expected: 'a UUID' } }),
  );
});

it('describes them as what they take, and leaves refusing to what names them', () => {
  const described = [wholeParam, uuidParam].map(({ schema }) => convertSchema(schema, { schemaType: 'input' }).schema);
  expect(described).toEqual([
    { type: 'integer', minimum: 0 },
    { type: 'string', format: 'uuid' },
  ]);
  expect([wholeParam, uuidParam].map(({ schema }) => schema.parse('x'))).toEqual(['x', 'x']);
});
