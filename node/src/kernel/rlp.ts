import { type Hex, toBytes } from './hex.js';

/** A byte string, also in hex, or a list of items. */
export type RlpItem = Uint8Array | Hex | readonly RlpItem[];

/** From here on a length is written in bytes of its own (Ethereum's Yellow Paper, appendix B). */
const LONG = 56;
const STRING = 0x80;
const LIST = 0xc0;

/** RLP of an item. Hex goes from its text into the bytes: a block's receipts are thousands of it. Throws HEX_MALFORMED. */
export function encodeRlp(item: RlpItem): Buffer {
  const payloads: number[] = [];
  const length = measure(item, payloads);
  return new RlpWriter(Buffer.allocUnsafeSlow(length), payloads).write(item);
}

/** A quantity of JSON-RPC as RLP has integers: no leading zeros, nothing for none. */
export function rlpQuantity(quantity: Hex): Hex {
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
    if (typeof item !== 'string') this.out.set(item, this.at);
    // Node leaves out what is no hex; toBytes says so.
    else if (2 + 2 * this.out.write(item.slice(2), this.at, 'hex') !== item.length) toBytes(item);
    this.at += length;
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
  return typeof item === 'string' ? (item.length - 2) >> 1 : item.length;
}

function firstByte(item: Uint8Array | Hex): number {
  return typeof item === 'string' ? Number(item) : item[0]!;
}

function headLength(length: number): number {
  if (length < LONG) return 1;
  return 1 + Math.ceil((32 - Math.clz32(length)) / 8);
}
