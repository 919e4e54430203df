import { RLP } from '@ethereumjs/rlp';
import fc from 'fast-check';
import { type Hex, toHex } from './hex.js';
import { encodeRlp, type RlpItem, rlpQuantity } from './rlp.js';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3 }),
  fc.uint8Array({ minLength: 53, maxLength: 58 }),
  fc.uint8Array({ minLength: 250, maxLength: 300 }),
);
const { item } = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    bytes,
    bytes.map((some) => toHex(some)),
    fc.array(tie('item'), { maxLength: 6 }),
  ),
}));

it('encodes any item as the reference does, whether bytes or their hex', () => {
  fc.assert(
    fc.property(item, (some) => {
      expect(toHex(encodeRlp(some))).toBe(toHex(RLP.encode(plain(some))));
    }),
  );
});

it.each([55, 56, 255, 256, 65_535, 65_536, 70_000])('writes the length of %i bytes, and of a list of as many', (n) => {
  const some = new Uint8Array(n).fill(1);
  expect(encodeRlp(some).equals(RLP.encode(some))).toBe(true);
  const list = Array.from(some, () => '0x01' as Hex);
  expect(encodeRlp(list).equals(RLP.encode(list.map(() => new Uint8Array([1]))))).toBe(true);
});

it.each<[Hex, Hex]>([
  ['0x0', '0x'],
  ['0x00ff', '0xff'],
  ['0x7', '0x07'],
  ['0x5208', '0x5208'],
  ['0xfffffffffffffffff', '0x0fffffffffffffffff'],
])('%s is the integer %s', (quantity, integer) => {
  expect(rlpQuantity(quantity)).toBe(integer);
});

const malformed = expect.objectContaining({ code: 'HEX_MALFORMED' }) as Error;

it.each<unknown>([
  ...['', '0', '0x0', '0xzz', '0x12zz', 'zz12', '0X12', '0xAB', `0x${'ab'.repeat(60)}xy`, `0x${'ab'.repeat(60)}AB`],
  ...[{ length: 1, 0: 1 }, { length: 1_000_000_000 }, 1, null, undefined, true],
])('refuses %p, which is no lower-case hex with its prefix', (some) => {
  expect(() => encodeRlp([some as Hex])).toThrow(malformed);
});

it.each<unknown>(['', '0x', 'zz1', '99', '0X1', '0xA', '0x1 ', '0x-1', 1, null, undefined, ['0x1'], { length: 3 }])(
  'refuses %p, which is no quantity',
  (some) => {
    expect(() => rlpQuantity(some as Hex)).toThrow(malformed);
  },
);

function plain(some: RlpItem): Uint8Array | Uint8Array[] {
  if (typeof some === 'string') return Buffer.from(some.slice(2), 'hex');
  return some instanceof Uint8Array ? some : (some.map(plain) as Uint8Array[]);
}
