import type { Hex } from '../kernel/hex.js';
import type { ColumnType } from './chain-table.js';

/** `json` is kept as it was written. */
export type CopyType = ColumnType | 'json';

/** Signature, flags, and no more of a header. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const NO_MORE_ROWS = -1;
const NULL = -1;
const JSONB_VERSION = 1;
/** PostgreSQL's own numbers of the types that arrays are of. */
const OIDS = { bytea: 17, int4: 23 } as const;

/** About as much as a value takes with its length: room is made anew only for rows that are longer than most. */
const USUAL_BYTES: Readonly<Record<CopyType, number>> = {
  ...{ bool: 5, int4: 8, int8: 12, text: 20, bytea: 36, json: 480, jsonb: 128, 'bytea[]': 64, 'int4[]': 64 },
};
/** Up to here a loop over the characters is faster than Node's own call. */
const SHORT = 32;
const HIGH_WORD = 2 ** 32;

/**
 * Rows on their way into COPY in binary format, each written into the buffer as it comes: PostgreSQL takes them in for three
 * quarters of what lines of text cost it, and no strings are put together for them.
 */
export class CopyRows {
  private buffer: Buffer;
  private view: DataView;
  private length: number;

  /** `rows`: how many there will be, as far as that is known. */
  constructor(
    private readonly types: readonly CopyType[],
    rows = 1,
  ) {
    const usual = types.reduce((bytes, type) => bytes + USUAL_BYTES[type], 2);
    this.buffer = Buffer.allocUnsafeSlow(HEADER.length + rows * usual + 2);
    this.view = new DataView(this.buffer.buffer);
    this.length = HEADER.copy(this.buffer);
  }

  /** A value a column. Throws TypeError for one that the column's type does not have: PostgreSQL would take it for another. */
  add(values: readonly unknown[]): void {
    this.int16(this.types.length);
    for (let column = 0; column < this.types.length; column++) this.value(this.types[column]!, values[column]);
  }

  /** All of it, after which nothing can be added; empty when nothing was. */
  end(): Buffer {
    if (this.length === HEADER.length) return Buffer.alloc(0);
    this.int16(NO_MORE_ROWS);
    return this.buffer.subarray(0, this.length);
  }

  /** Its length is written before it, once it is known. */
  private value(type: CopyType, value: unknown): void {
    this.int32(NULL);
    if (value === null || value === undefined) return;
    const start = this.length;
    this.content(type, value);
    this.view.setInt32(start - 4, this.length - start);
  }

  private content(type: CopyType, value: unknown): void {
    switch (type) {
      case 'bytea':
        return this.bytes(value as Hex);
      case 'int8':
        return this.int64(value as number);
      case 'int4':
        return this.int32(value as number);
      case 'bool':
        return this.byte(value === true ? 1 : 0);
      case 'text':
        return this.text(String(value as string));
      case 'json':
        return this.text(JSON.stringify(value));
      case 'jsonb':
        this.byte(JSONB_VERSION);
        return this.text(JSON.stringify(value));
      case 'bytea[]':
        return this.items('bytea', value as readonly Hex[]);
      case 'int4[]':
        return this.items('int4', value as readonly number[]);
    }
  }

  /** As many dimensions as it has, whether there are nulls, type and, if there are items, how many and the first one's index. */
  private items(type: keyof typeof OIDS, items: readonly unknown[]): void {
    const words = items.length > 0 ? [1, 0, OIDS[type], items.length, 1] : [0, 0, OIDS[type]];
    for (const word of words) this.int32(word);
    for (const item of items) this.value(type, item);
  }

  /** Node leaves out what is no hex, and what comes after it. */
  private bytes(hex: Hex): void {
    this.room(hex.length);
    const written = this.buffer.write(hex.slice(2), this.length, 'hex');
    if (2 + 2 * written !== hex.length) throw new TypeError(`${hex} is not hex`);
    this.length += written;
  }

  private text(text: string): void {
    this.room(3 * text.length);
    this.length += (text.length <= SHORT && this.ascii(text)) || this.buffer.write(text, this.length);
  }

  /** How much of it was written: all, or nothing when there is more in it than ASCII. */
  private ascii(text: string): number {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code > 127) return 0;
      this.buffer[this.length + at] = code;
    }
    return text.length;
  }

  private int64(value: number): void {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no int8 that a number can be`);
    this.room(8);
    this.view.setInt32(this.length, Math.floor(value / HIGH_WORD));
    this.view.setInt32(this.length + 4, value);
    this.length += 8;
  }

  private int32(value: number): void {
    if ((value | 0) !== value) throw new TypeError(`${value} is no int4`);
    this.room(4);
    this.view.setInt32(this.length, value);
    this.length += 4;
  }

  private int16(value: number): void {
    this.room(2);
    this.view.setInt16(this.length, value);
    this.length += 2;
  }

  private byte(value: number): void {
    this.room(1);
    this.view.setUint8(this.length++, value);
  }

  private room(bytes: number): void {
    const least = this.length + bytes;
    if (least <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(least, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }
}
