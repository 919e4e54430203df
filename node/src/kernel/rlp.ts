import { type Hex, hexMalformed } from './hex.js';

/** A byte string, also in hex, or a list of items. */
export type RlpItem = Uint8Array | Hex | readonly RlpItem[];

/** From here on a length is written in bytes of its own (Ethereum's Yellow Paper, appendix B). */
const LONG = 56;
const STRING = 0x80;
const LIST = 0xc0;

const QUANTITY = /^0x[0-9a-f]+$/;

/**
 * RLP of an item. Hex goes from its text into the bytes: a block's receipts are thousands of it. Throws HEX_MALFORMED for all but lower-case
 * hex with its prefix: what an endpoint says is hashed here and read elsewhere, so it must not be able to say one value in two ways.
 */
export function encodeRlp(item: RlpItem): Buffer {
  const payloads: number[] = [];
  const length = measure(item, payloads);
  return new RlpWriter(Buffer.allocUnsafeSlow(length), payloads).write(item);
}

/** A quantity of JSON-RPC as RLP has integers: no leading zeros, nothing for none. Throws HEX_MALFORMED for anything else. */
export function rlpQuantity(quantity: Hex): Hex {
  if (typeof quantity !== 'string' || !QUANTITY.test(quantity)) throw hexMalformed('not a quantity in 0x hex');
  const digits = quantity.slice(2).replace(/^0+/, '');
  return `0x${digits.length % 2 ? '0' : ''}${digits}`;
}

/** Length of an item's encoding; notes the payload of each list in the order in which they are written. */
function measure(item: RlpItem, payloads: number[]): number {
  if (!isList(item)) {
    const length = byteLength(item);
    return length === 1 && firstByte(item) < STRING ? 1 : headLength(length) + length;
  }
  const place = payloads.push(0) - 1;
  let payload = 0;
  for (const one of item) payload += measure(one, payloads);
  payloads[place] = payload;
  return headLength(payload) + payload;
}

class RlpWriter {
  private at = 0;
  private lists = 0;

  constructor(
    private readonly out: Buffer,
    private readonly payloads: readonly number[],
  ) {}

  write(item: RlpItem): Buffer {
    if (isList(item)) this.list(item);
    else this.bytes(item);
    return this.out;
  }

  private list(items: readonly RlpItem[]): void {
    this.head(LIST, this.payloads[this.lists++]!);
    for (const one of items) this.write(one);
  }

  private bytes(item: Uint8Array | Hex): void {
    const length = byteLength(item);
    if (length !== 1 || firstByte(item) >= STRING) this.head(STRING, length);
    if (typeof item === 'string') this.hex(item);
    else this.out.set(item, this.at);
    this.at += length;
  }

  /** Node leaves out what is no hex, and what comes after it. */
  private hex(item: Hex): void {
    const written = this.out.write(item.slice(2), this.at, 'hex');
    if (2 + 2 * written !== item.length || item !== item.toLowerCase())
      throw hexMalformed('not 0x and lower-case hex digits');
  }

  private head(kind: number, length: number): void {
    if (length < LONG) {
      this.out[this.at++] = kind + length;
      return;
    }
    const bytes = headLength(length) - 1;
    this.out[this.at++] = kind + LONG - 1 + bytes;
    this.out.writeUIntBE(length, this.at, bytes);
    this.at += bytes;
  }
}

function isList(item: RlpItem): item is readonly RlpItem[] {
  return Array.isArray(item);
}

function byteLength(item: Uint8Array | Hex): number {
  if (item instanceof Uint8Array) return item.length;
  // JSON can say what has a length and is none.
  if (typeof item !== 'string' || !item.startsWith('0x')) throw hexMalformed('neither 0x hex nor bytes');
  return (item.length - 2) >> 1;
}

function firstByte(item: Uint8Array | Hex): number {
  return typeof item === 'string' ? Number(item) : item[0]!;
}

function headLength(length: number): number {
  if (length < LONG) return 1;
  return 1 + Math.ceil((32 - Math.clz32(length)) / 8);
}
