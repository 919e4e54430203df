import { flatten } from './flatten.js';

describe('flatten', () => {
  it('writes members, lengths and whole numbers, and nothing for what is absent', () => {
    const value = { a: 'e\u0301\r\n', 'b/~': [1, { c: true }, []], none: null, gone: undefined, empty: {} };
    expect(flatten(value, '/x').map(({ path, value: text }) => [path, text])).toEqual([
      ['/x/a', 'é\n'],
      ['/x/b~1~0/-', '3'],
      ['/x/b~1~0/0', '1'],
      ['/x/b~1~0/1/c', 'true'],
      ['/x/b~1~0/2/-', '0'],
    ]);
  });

  it('refuses floats and text without canonical form', () => {
    expect(() => flatten({ rate: 0.1 })).toThrow(RangeError);
    expect(() => flatten({ rate: Number.NaN })).toThrow(RangeError);
    expect(() => flatten(['\ud800'])).toThrow(expect.objectContaining({ code: 'DOCUMENT_TEXT_INVALID' }));
  });
});
