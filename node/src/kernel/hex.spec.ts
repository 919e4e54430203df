import { isHex, parseHex, toBytes, toHex } from './hex.js';
import { asOrderId } from './ids.js';

describe('hex', () => {
  it('writes and reads the same bytes', () => {
    const bytes = Uint8Array.of(0, 1, 0xab, 0xff);
    expect(toHex(bytes)).toBe('0x0001abff');
    expect(Uint8Array.from(toBytes('0x0001abff'))).toEqual(bytes);
    expect(toHex(Buffer.from('xabc').subarray(1))).toBe('0x616263');
    expect(toBytes('0x')).toHaveLength(0);
  });

  it.each(['0x0', '0xzz', '0x00zz', '00', ''])('does not read %j', (text) => {
    expect(() => toBytes(text as '0x')).toThrow(expect.objectContaining({ code: 'HEX_MALFORMED', status: 400 }));
  });

  it('lowers letters and checks length', () => {
    expect(parseHex('0xABCD', 2)).toBe('0xabcd');
    expect(() => parseHex('0xabcd', 3)).toThrow(expect.objectContaining({ code: 'HEX_MALFORMED' }));
    expect(() => parseHex(undefined)).toThrow(expect.objectContaining({ code: 'HEX_MALFORMED' }));
    expect(isHex('0xAB')).toBe(false);
    expect(isHex('0xab', 1)).toBe(true);
    expect(isHex('0xab\n', 1)).toBe(false);
  });

  it('makes ids of the right length only', () => {
    expect(asOrderId(`0x${'AB'.repeat(32)}`)).toBe(`0x${'ab'.repeat(32)}`);
    expect(() => asOrderId(`0x${'ab'.repeat(20)}`)).toThrow(expect.objectContaining({ code: 'HEX_MALFORMED' }));
  });
});
