import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { word } from './state-proof.js';

/** solc's `storageLayout` of a contract, as far as it is read here. Slots are absolute, decimal. */
export interface StorageLayout {
  readonly storage: readonly StorageVariable[];
  readonly types: Readonly<Record<string, StorageType>>;
}

export interface StorageVariable {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

export interface StorageType {
  readonly encoding: string;
  readonly label: string;
  readonly numberOfBytes: string;
  readonly key?: string;
  readonly base?: string;
  readonly value?: string;
  readonly members?: readonly StorageVariable[];
}

/** What a word of storage says: numbers up to 48 bits as number, wider ones as bigint, addresses and bytes as hex. */
export type StorageValue = number | bigint | boolean | Hex;

/** Where a value lies: its first slot and how many follow one another. */
export interface Place {
  readonly slots: readonly Hex[];
  readonly type: StorageType;
}

/** Places kept a contract: hashing keys anew for each verdict would take longer than reading what lies there. */
const KEPT_PLACES = 10_000;

/**
 * Finds and reads a contract's variables by name, from the compiler's own layout, so that no slot number is ever typed
 * by hand. Keys of mappings are value types of at most 32 bytes, as hex or number, or strings as text.
 */
export class StorageReader {
  readonly #places = new Map<string, Place>();

  constructor(private readonly layout: StorageLayout) {}

  /** The slots of variable `label`, or of its element when it is a mapping and `keys` are given. */
  place(label: string, ...keys: (string | number)[]): Place {
    let name = label;
    for (const key of keys) name += `\n${typeof key} ${key}`;
    const known = this.#places.get(name);
    if (known) return known;
    const place = this.#find(label, keys);
    if (this.#places.size >= KEPT_PLACES) this.#places.clear();
    this.#places.set(name, place);
    return place;
  }

  #find(label: string, keys: readonly (string | number)[]): Place {
    const variable = this.layout.storage.find((each) => each.label === label);
    if (!variable) throw new Error(`the layout has no variable ${label}`);
    let slot = BigInt(variable.slot);
    let type = this.#type(variable.type);
    for (const key of keys) {
      if (type.encoding !== 'mapping' || !type.value) throw new Error(`${label} is not so deep a mapping`);
      slot = BigInt(keccak256Hex(Buffer.concat([keyBytes(key, this.#type(type.key!)), toBytes(numberWord(slot))])));
      type = this.#type(type.value);
    }
    const count = Math.max(1, Math.ceil(Number(type.numberOfBytes) / 32));
    return { type, slots: Array.from({ length: count }, (_, i) => numberWord(slot + BigInt(i))) };
  }

  /** The first `count` elements of the dynamic array at `place`, whose own slot holds its length. Elements take whole slots. */
  elements(place: Place, count: number): Place[] {
    const type = place.type.base === undefined ? undefined : this.#type(place.type.base);
    if (place.type.encoding !== 'dynamic_array' || type?.numberOfBytes !== '32')
      throw new Error(`${place.type.label} is no array of words`);
    const first = BigInt(keccak256Hex(toBytes(place.slots[0]!)));
    return Array.from({ length: count }, (_, i) => ({ type, slots: [numberWord(first + BigInt(i))] }));
  }

  /** How many elements the dynamic array at `place` has. */
  length(place: Place, proven: ReadonlyMap<Hex, Hex>): bigint {
    return BigInt(at(proven, place.slots[0]));
  }

  /** The members of the struct at `place`, from proven slots. Throws when a slot is not among them. */
  struct(place: Place, proven: ReadonlyMap<Hex, Hex>): Record<string, StorageValue> {
    if (!place.type.members) throw new Error(`${place.type.label} is no struct`);
    const values: Record<string, StorageValue> = {};
    for (const { label, slot, offset, type } of place.type.members)
      values[label] = this.#value(this.#type(type), offset, at(proven, place.slots[Number(slot)]));
    return values;
  }

  /** The single value at `place`, from proven slots. */
  value(place: Place, proven: ReadonlyMap<Hex, Hex>): StorageValue {
    return this.#value(place.type, 0, at(proven, place.slots[0]));
  }

  /** Packed values lie right-aligned: `offset` bytes are to the right of this one. */
  #value(type: StorageType, offset: number, wordAt: Hex): StorageValue {
    const size = Number(type.numberOfBytes);
    const part: Hex = `0x${wordAt.slice(2 * (33 - offset - size), 2 * (33 - offset))}`;
    const { label } = type;
    if (label === 'bool') return part === '0x01';
    if (/^(uint\d|enum )/.test(label)) return size <= 6 ? Number(part) : BigInt(part);
    if (/^(address|bytes\d|contract )/.test(label)) return part;
    throw new Error(`storage type ${label} is not read`);
  }

  #type(name: string): StorageType {
    const type = this.layout.types[name];
    if (!type) throw new Error(`the layout has no type ${name}`);
    return type;
  }
}

const numberWord = (number: bigint | number): Hex => word(`0x${number.toString(16)}`);

function keyBytes(key: string | number, { label }: StorageType): Uint8Array {
  if (label === 'string') return Buffer.from(String(key));
  return toBytes(typeof key === 'number' ? numberWord(key) : word(key as Hex));
}

function at(proven: ReadonlyMap<Hex, Hex>, slot: Hex | undefined): Hex {
  const value = slot && proven.get(slot);
  if (value === undefined) throw new Error(`slot ${slot} is not proven`);
  return value;
}
