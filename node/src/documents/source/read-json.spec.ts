import fc from 'fast-check';
import { MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_PATHS, MAX_POINTER, MAX_VALUES } from './limits.js';
import { readJson } from './read-json.js';

const read = (text: string | Uint8Array) => readJson(typeof text === 'string' ? Buffer.from(text) : text).root;
const fields = (text: string) =>
  Object.fromEntries(
    read(text)
      .rest('')
      .map(({ path, value }) => [path, value]),
  );
const code = (code: string) => expect.objectContaining({ code });

/** An object of that name with so many values in it. */
const under = (name: string, values: number) =>
  JSON.stringify({ [name]: Object.fromEntries(Array.from({ length: values }, (_, n) => [`f${n}`, 'x'])) });

describe('readJson', () => {
  it('keeps numbers as they are written', () => {
    expect(fields('{"a":100.10,"b":1e2,"c":-0,"d":9007199254740993,"e":0.1}')).toEqual({
      '/a': '100.1',
      '/b': '100',
      '/c': '0',
      '/d': '9007199254740993',
      '/e': '0.1',
    });
  });

  it('tells absent, empty and null', () => {
    expect(fields('{"a":"","b":null,"c":[],"d":{},"e":[""]}')).toEqual({
      '/a': '',
      '/c/-': '0',
      '/e/-': '1',
      '/e/0': '',
    });
  });

  it('reads escapes, spaces and literals', () => {
    expect(fields(' { "a\\u002Fb~" : [ true , false ] ,\t"t":"\\u00e9\\n\\"\\\\" }\r\n')).toEqual({
      '/a~1b~0/-': '2',
      '/a~1b~0/0': 'true',
      '/a~1b~0/1': 'false',
      '/t': 'é\n"\\',
    });
  });

  it('writes text in NFC with LF', () => {
    expect(fields('{"e\\u0301":"e\\u0301\\r\\nx\\ry"}')).toEqual({ '/é': 'é\nx\ny' });
  });

  it.each([
    ['a repeated name', '{"a":1,"b":{"c":1,"c":1}}', 'DOCUMENT_REPEATED_KEY'],
    ['a name repeated after NFC', '{"\\u00e9":1,"e\\u0301":2}', 'DOCUMENT_REPEATED_KEY'],
    ['a lone surrogate', '{"a":"\\ud800"}', 'DOCUMENT_TEXT_INVALID'],
    ['a NUL', '{"a":"\\u0000"}', 'DOCUMENT_TEXT_INVALID'],
    ['the name of an array length', '{"a":{"-":"3"}}', 'DOCUMENT_MALFORMED'],
    ['a huge exponent', '{"a":1e999999999}', 'DECIMAL_INVALID'],
    ['a long number', `{"a":${'9'.repeat(61)}}`, 'DECIMAL_INVALID'],
    ['nothing', '', 'DOCUMENT_MALFORMED'],
    ['a second value', '{} {}', 'DOCUMENT_MALFORMED'],
    ['a comment', '{} // x', 'DOCUMENT_MALFORMED'],
    ['a surplus comma', '[1,]', 'DOCUMENT_MALFORMED'],
    ['a missing comma', '[1 2]', 'DOCUMENT_MALFORMED'],
    ['a leading zero', '[01]', 'DOCUMENT_MALFORMED'],
    ['a single quote', "{'a':1}", 'DOCUMENT_MALFORMED'],
    ['a name without quotes', '{a:1}', 'DOCUMENT_MALFORMED'],
    ['a control character', '"a\nb"', 'DOCUMENT_MALFORMED'],
    ['an unknown escape', '"\\x41"', 'DOCUMENT_MALFORMED'],
    ['NaN', '[NaN]', 'DOCUMENT_MALFORMED'],
    ['a truncated text', '{"a":"b', 'DOCUMENT_MALFORMED'],
    ['a truncated escape', '{"a":"b\\', 'DOCUMENT_MALFORMED'],
    ['deep nesting', '['.repeat(MAX_DEPTH + 2), 'DOCUMENT_TOO_DEEP'],
    ['a hundred thousand brackets', '['.repeat(100_000), 'DOCUMENT_TOO_DEEP'],
    ['many values', `[${'0,'.repeat(MAX_VALUES)}0]`, 'DOCUMENT_TOO_LARGE'],
    ['many bytes', `"${'x'.repeat(MAX_DOCUMENT_BYTES)}"`, 'DOCUMENT_TOO_LARGE'],
    ['a name of two million characters over many values', under('n'.repeat(2_000_000), 15_000), 'DOCUMENT_TOO_LARGE'],
    [
      'a long pointer of short names',
      `${'{"nnnnnnnnn":['.repeat(30)}`.replaceAll('n', 'n'.repeat(9)),
      'DOCUMENT_TOO_LARGE',
    ],
    ['a name that is long once escaped', `{"${'~'.repeat(MAX_POINTER / 2)}":1}`, 'DOCUMENT_TOO_LARGE'],
    ['a name that is long in NFC', `{"${'\u0958'.repeat(MAX_POINTER / 2)}":1}`, 'DOCUMENT_TOO_LARGE'],
  ])('refuses %s', (_, text, refusal) => expect(() => read(text)).toThrow(code(refusal)));

  it('takes a pointer as long as one may be, of as many values as make the paths that are taken', () => {
    const name = 'n'.repeat(MAX_POINTER - 10);
    const most = Math.floor(MAX_PATHS / MAX_POINTER);
    expect(read(under(name, most)).rest('')).toHaveLength(most);
    const more = read(under(name, most + 100));
    expect(() => more.rest('')).toThrow(code('DOCUMENT_TOO_LARGE'));
  });

  it('refuses what is not UTF-8', () => {
    expect(() => read(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(code('DOCUMENT_MALFORMED'));
  });

  it('gives a member back byte for byte', () => {
    const body = Buffer.from('{"supplier":"x", "document" : { "n": 1.50,  "ü": "é" } }');
    const source = readJson(body);
    expect(Buffer.from(source.span(source.root.one('document')!)).toString()).toBe('{ "n": 1.50,  "ü": "é" }');
    expect(Buffer.compare(source.span(source.root), body)).toBe(0);
  });

  it('takes what JSON.stringify writes, and reads text as JSON.parse does', () => {
    const keys = fc.string({ unit: 'grapheme' }).filter((key) => key !== '-' && !key.includes('\0'));
    const values = fc.string({ unit: 'grapheme' }).filter((value) => !/[\0\r]/.test(value));
    fc.assert(
      fc.property(fc.dictionary(keys, values, { noNullPrototype: true }), (object) => {
        const distinct = new Map(Object.entries(object).map(([key, value]) => [key.normalize('NFC'), value]));
        fc.pre(distinct.size === Object.keys(object).length && !keys.toString().includes('\r'));
        const expected = [...distinct.values()].map((value) => value.normalize('NFC'));
        const found = read(JSON.stringify(object))
          .rest('')
          .map(({ value }) => value);
        expect(found).toEqual(expected);
      }),
    );
  });

  it('never fails but with a problem', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '-',
      '.',
      'e',
      'true',
      'null',
      ' ',
      '\n',
      'ü',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          read(pieces.join(''));
          JSON.parse(pieces.join(''));
        } catch (error) {
          expect(error).toMatchObject({ name: 'Problem' });
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
