import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { base64url } from 'jose';
import { fromBase64, toBase64 } from './base64-methods.js';

const FORMS = ['base64', 'base64url'] as const;

it('are there, and jose uses them', () => {
  const bytes = randomBytes(100);
  const taken = jest.spyOn(Uint8Array.prototype as unknown as { toBase64(): string }, 'toBase64');
  expect(base64url.encode(bytes)).toBe(bytes.toString('base64url'));
  expect(taken).toHaveBeenCalledTimes(1);
});

it('say what Buffer says, of bytes anywhere in their memory', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = new Uint8Array(randomBytes(300).subarray(50)).subarray(3, 3 + length);
    const [padded, bare] = FORMS.map((alphabet) => Buffer.from(bytes).toString(alphabet)) as [string, string];
    expect([toBase64.call(bytes), toBase64.call(bytes, { omitPadding: true })]).toEqual([
      ...[padded, padded.replaceAll('=', '')],
    ]);
    const padding = padded.slice(bare.length);
    expect([
      ...[toBase64.call(bytes, { alphabet: 'base64url', omitPadding: true })],
      toBase64.call(bytes, { alphabet: 'base64url' }),
    ]).toEqual([bare, `${bare}${padding}`]);
    for (const text of [padded, padded.replaceAll('=', '')]) expect(fromBase64(text)).toEqual(bytes);
    for (const text of [bare, `${bare}${padding}`]) expect(fromBase64(text, { alphabet: 'base64url' })).toEqual(bytes);
  }
});

it('refuse forms that nobody asks for', () => {
  const hex = { alphabet: 'hex' } as never;
  expect(() => toBase64.call(Uint8Array.of(1), hex)).toThrow(TypeError);
  for (const form of [hex, { lastChunkHandling: 'strict' } as never])
    expect(() => fromBase64('AA==', form)).toThrow(TypeError);
});

it('give bytes that share their memory with nothing', () => {
  const bytes = fromBase64('AAEC');
  expect([bytes.constructor, bytes.buffer.byteLength]).toEqual([Uint8Array, 3]);
});

// What the proposal's own tests (test262, built-ins/Uint8Array/fromBase64) take and refuse.
it.each([
  ['base64', 'Zg', [102]],
  ['base64', 'Zh', [102]],
  ['base64', ' Z g\t=\n= ', [102]],
  ['base64', 'x+/y', [199, 239, 242]],
  ['base64url', 'x-_y', [199, 239, 242]],
  ['base64url', 'x+/y', null],
  ['base64', 'x-_y', null],
  ['base64', 'Zg=', null],
  ['base64', 'Zm9v=', null],
  ['base64', 'Z', null],
  ['base64', 'Z===', null],
  ['base64', '=', null],
  ['base64', 'Zm.9v', null],
  ['base64', 'Zm9v^', null],
  ['base64', 'Zg==A', null],
  ['base64', 'Zg==Zg==', null],
  ['base64url', 'Zm9v\u{100}', null],
  ['base64', 'Zm\u00a09v', null],
])('read %s %j as %j', (alphabet, text, bytes) => {
  const read = () => fromBase64(text, { alphabet: alphabet as (typeof FORMS)[number] });
  if (bytes) expect([...read()]).toEqual(bytes);
  else expect(read).toThrow(SyntaxError);
});
