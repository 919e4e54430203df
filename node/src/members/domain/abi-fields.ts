import { toBytes, toHex, type Hex } from '../../kernel/hex.js';

/** Solidity types as MemberRegistry's payloads use them; `uint` is any unsigned one up to 53 bits. */
export type AbiType = 'uint' | 'address' | 'bytes32' | 'string' | 'bytes';
/** Hex for address, bytes32 and bytes; text for string. */
export type AbiValue = number | string;

const WORD = 32;

/** `abi.encode(...)` of the values. */
export function encodeFields(types: readonly AbiType[], values: readonly AbiValue[]): Buffer {
  const heads: Buffer[] = [];
  const tails: Buffer[] = [];
  let offset = types.length * WORD;
  types.forEach((type, index) => {
    const value = values[index]!;
    if (type !== 'string' && type !== 'bytes') return void heads.push(word(value));
    const bytes = type === 'string' ? Buffer.from(value as string) : toBytes(value as Hex);
    const padded = Buffer.alloc(Math.ceil(bytes.length / WORD) * WORD);
    padded.set(bytes);
    heads.push(word(offset));
    tails.push(word(bytes.length), padded);
    offset += WORD + padded.length;
  });
  return Buffer.concat([...heads, ...tails]);
}

/** The values that {@link encodeFields} encoded. Throws RangeError on data that it would not have made. */
export function decodeFields(types: readonly AbiType[], data: Buffer): AbiValue[] {
  const values = types.map((type, index) => {
    const head = data.subarray(index * WORD, (index + 1) * WORD);
    if (type === 'uint') return number(head);
    if (type === 'bytes32') return toHex(head);
    if (type === 'address') return toHex(head.subarray(12));
    const offset = number(head);
    const length = number(data.subarray(offset, offset + WORD));
    const bytes = data.subarray(offset + WORD, offset + WORD + length);
    return type === 'string' ? bytes.toString('utf8') : toHex(bytes);
  });
  if (!encodeFields(types, values).equals(data)) throw new RangeError('not the encoding of these types');
  return values;
}

function word(value: AbiValue): Buffer {
  const hex = typeof value === 'number' ? BigInt(value).toString(16) : value.slice(2);
  return Buffer.from(hex.padStart(2 * WORD, '0'), 'hex');
}

function number(bytes: Buffer): number {
  const value = BigInt(toHex(bytes));
  if (bytes.length !== WORD || value > Number.MAX_SAFE_INTEGER) throw new RangeError('no number up to 53 bits');
  return Number(value);
}
