import { RLP } from '@ethereumjs/rlp';
import type { Hex } from './hex.js';
import { keccak256Hex } from './keccak.js';

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

/** RLP of a header that a node described over RPC, in the form of its fork: 16, 17, 20 or 21 fields. */
export function encodeHeader(header: RpcHeader): Uint8Array {
  const fields = [...LONDON];
  for (const fork of FORKS) {
    if (fork.some(([name]) => header[name] == null)) break;
    fields.push(...fork);
  }
  return RLP.encode(fields.map(([name, form]) => item(header[name], form, name)));
}

/** Hash of the block that the header makes: whoever serves it can choose the fields only if it also chooses the hash. */
export function headerHash(header: RpcHeader): Hex {
  return keccak256Hex(encodeHeader(header));
}

function item(value: Hex | null | undefined, form: Field[1], name: string): Uint8Array {
  if (value == null) throw new TypeError(`the header has no ${name}`);
  if (form === 'bytes') return Buffer.from(value.slice(2), 'hex');
  const digits = BigInt(value).toString(16);
  return digits === '0'
    ? new Uint8Array()
    : Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
}
