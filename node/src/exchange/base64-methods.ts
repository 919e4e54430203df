/**
 * `Uint8Array.prototype.toBase64` and `Uint8Array.fromBase64` of ECMAScript 2026 (tc39/proposal-arraybuffer-base64), where Node lacks them, as
 * Node 24 does. jose uses them where they are; without, base64 costs it more than encrypting what it writes. Only what jose asks for;
 * any other option is refused.
 */
interface Form {
  readonly alphabet?: 'base64' | 'base64url';
  readonly omitPadding?: boolean;
  readonly lastChunkHandling?: 'loose';
}

const WHITE_SPACE = /[\t\n\f\r ]+/g;
/** Buffer leaves out what is no digit; the standard refuses it. */
const DIGITS = { base64: /^[A-Za-z0-9+/]*$/, base64url: /^[A-Za-z0-9_-]*$/ };

export function toBase64(this: Uint8Array, form: Form = {}): string {
  const { alphabet, omitPadding } = formOf(form);
  const text = Buffer.from(this.buffer, this.byteOffset, this.byteLength).toString(alphabet);
  if (alphabet === 'base64') return omitPadding ? text.replace(/=+$/, '') : text;
  return omitPadding ? text : text.padEnd(4 * Math.ceil(text.length / 4), '=');
}

export function fromBase64(text: string, form: Form = {}): Uint8Array<ArrayBuffer> {
  const { alphabet } = formOf(form);
  const all = text.replace(WHITE_SPACE, '');
  const digits = all.replace(/={1,2}$/, '');
  const isPaddingWhole = digits.length === all.length || all.length % 4 === 0;
  if (!DIGITS[alphabet].test(digits) || digits.length % 4 === 1 || !isPaddingWhole) throw new SyntaxError('no base64');
  return new Uint8Array(Buffer.from(digits, alphabet));
}

function formOf({ alphabet = 'base64', omitPadding = false, lastChunkHandling = 'loose' }: Form) {
  if (!(alphabet in DIGITS) || lastChunkHandling !== 'loose') throw new TypeError('no such form of base64 here');
  return { alphabet, omitPadding };
}

for (const [on, name, method] of [
  [Uint8Array.prototype, 'toBase64', toBase64],
  [Uint8Array, 'fromBase64', fromBase64],
] as const)
  if (!(name in on)) Object.defineProperty(on, name, { value: method, writable: true, configurable: true });
