import { CopyRows, type CopyType } from './copy-rows.js';

const copied = (type: CopyType, ...values: unknown[]): Buffer => {
  const rows = new CopyRows([type]);
  for (const value of values) rows.add([value]);
  return rows.end();
};

/** What the first row's one value came to, after its length. */
const content = (type: CopyType, value: unknown): Buffer => {
  const all = copied(type, value).subarray(19 + 2);
  return all.subarray(4, 4 + all.readInt32BE(0));
};

describe('rows for COPY', () => {
  it('are nothing while there are none, and end where PostgreSQL looks for the end', () => {
    expect(copied('int4')).toHaveLength(0);
    expect(copied('int4', 7).toString('latin1')).toBe(
      'PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0' + '\0\x01' + '\0\0\0\x04' + '\0\0\0\x07' + '\xff\xff',
    );
  });

  it('have any number that a number can be', () => {
    for (const value of [0, 1, -1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -(2 ** 40) - 5, Number.MAX_SAFE_INTEGER])
      expect(content('int8', value).readBigInt64BE()).toBe(BigInt(value));
    for (const value of [0, -(2 ** 31), 2 ** 31 - 1]) expect(content('int4', value).readInt32BE()).toBe(value);
  });

  it('have text of any length and script', () => {
    for (const value of ['', 'POSTED', 'é', '供应商'.repeat(40), 'a'.repeat(32), 'a'.repeat(33), `${'a'.repeat(30)}😀`])
      expect(content('text', value).toString('utf8')).toBe(value);
  });

  it('grow with what is added', () => {
    const long = 'x'.repeat(100_000);
    expect(content('text', long).toString()).toBe(long);
    expect(copied('int8', ...Array.from({ length: 5_000 }, () => 1))).toHaveLength(19 + 5_000 * 14 + 2);
  });

  it.each<[CopyType, unknown]>([
    ['bytea', '0x0g'],
    ['bytea', '0x012'],
    ['bytea', '0xzz01'],
    ['bytea[]', ['0x01', '0x0é']],
    ['int4', 2 ** 31],
    ['int4', 1.5],
    ['int4', NaN],
    ['int4[]', [1, NaN]],
    ['int8', NaN],
    ['int8', 2 ** 53],
    ['int8', '7'],
  ])('refuse a value that is no %s: %p', (type, value) => {
    expect(() => copied(type, value)).toThrow(TypeError);
  });
});
