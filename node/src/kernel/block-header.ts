import { RLP } from '@ethereumjs/rlp';
import { type Hex, toHex } from './hex.js';
import { keccak256Hex } from './keccak.js';
import { encodeRlp, rlpQuantity } from './rlp.js';

/** A block header as `eth_getBlockByNumber` shows it; later forks' members are absent on earlier ones. */
export interface RpcHeader {
  readonly parentHash: Hex;
  readonly sha3Uncles: Hex;
  readonly miner: Hex;
  readonly stateRoot: Hex;
  readonly transactionsRoot: Hex;
  readonly receiptsRoot: Hex;
  readonly logsBloom: Hex;
  readonly difficulty: Hex;
  readonly number: Hex;
  readonly gasLimit: Hex;
  readonly gasUsed: Hex;
  readonly timestamp: Hex;
  readonly extraData: Hex;
  readonly mixHash: Hex;
  readonly nonce: Hex;
  readonly baseFeePerGas?: Hex | null;
  readonly withdrawalsRoot?: Hex | null;
  readonly blobGasUsed?: Hex | null;
  readonly excessBlobGas?: Hex | null;
  readonly parentBeaconBlockRoot?: Hex | null;
  readonly requestsHash?: Hex | null;
}

type Field = readonly [keyof RpcHeader, 'bytes' | 'quantity'];

/** Order and form of the fields in the RLP of a header, since London. */
const LONDON: readonly Field[] = [
  ['parentHash', 'bytes'],
  ['sha3Uncles', 'bytes'],
  ['miner', 'bytes'],
  ['stateRoot', 'bytes'],
  ['transactionsRoot', 'bytes'],
  ['receiptsRoot', 'bytes'],
  ['logsBloom', 'bytes'],
  ['difficulty', 'quantity'],
  ['number', 'quantity'],
  ['gasLimit', 'quantity'],
  ['gasUsed', 'quantity'],
  ['timestamp', 'quantity'],
  ['extraData', 'bytes'],
  ['mixHash', 'bytes'],
  ['nonce', 'bytes'],
  ['baseFeePerGas', 'quantity'],
];

/** What each later fork appends: Shanghai, Cancun, Prague. */
const FORKS: readonly (readonly Field[])[] = [
  [['withdrawalsRoot', 'bytes']],
  [
    ['blobGasUsed', 'quantity'],
    ['excessBlobGas', 'quantity'],
    ['parentBeaconBlockRoot', 'bytes'],
  ],
  [['requestsHash', 'bytes']],
];

/** How many bytes a field of fixed length has. */
const LENGTHS: Partial<Record<keyof RpcHeader, number>> = { miner: 20, logsBloom: 256, nonce: 8 };

/** Forms of a header by the number of its fields. */
const FORMS: ReadonlyMap<number, readonly Field[]> = new Map(
  FORKS.reduce<(readonly Field[])[]>((forms, fork) => [...forms, [...forms.at(-1)!, ...fork]], [LONDON]).map((form) => [
    form.length,
    form,
  ]),
);

/**
 * The header that these bytes encode, as a node would describe it; null unless it is one of the four forms, each field of
 * the right length, in the one encoding that there is.
 */
export function decodeHeader(bytes: Uint8Array): RpcHeader | null {
  let items: unknown;
  try {
    items = RLP.decode(bytes);
  } catch {
    return null;
  }
  const form = Array.isArray(items) ? FORMS.get(items.length) : undefined;
  if (!form || !Array.isArray(items) || Buffer.compare(RLP.encode(items), bytes) !== 0) return null;
  const fields = form.map(([name, kind], place) => [name, read(items[place], name, kind)] as const);
  return fields.every(([, value]) => value !== null) ? (Object.fromEntries(fields) as unknown as RpcHeader) : null;
}

function read(value: unknown, name: keyof RpcHeader, kind: Field[1]): Hex | null {
  if (!(value instanceof Uint8Array)) return null;
  if (kind === 'quantity') {
    if (value.length > 8 || value[0] === 0) return null;
    return value.length === 0 ? '0x0' : `0x${toHex(value).slice(2).replace(/^0/, '')}`;
  }
  return name === 'extraData' || value.length === (LENGTHS[name] ?? 32) ? toHex(value) : null;
}

/** RLP of a header that a node described over RPC, in the form of its fork: 16, 17, 20 or 21 fields. */
export function encodeHeader(header: RpcHeader): Uint8Array {
  const fields = [...LONDON];
  for (const fork of FORKS) {
    if (fork.some(([name]) => header[name] == null)) break;
    fields.push(...fork);
  }
  return encodeRlp(fields.map(([name, form]) => item(header[name], form, name)));
}

/** Hash of the block that the header makes: whoever serves it can choose the fields only if it also chooses the hash. */
export function headerHash(header: RpcHeader): Hex {
  return keccak256Hex(encodeHeader(header));
}

function item(value: Hex | null | undefined, form: Field[1], name: string): Hex {
  if (value == null) throw new TypeError(`the header has no ${name}`);
  return form === 'bytes' ? value : rlpQuantity(value);
}
