import { RLP } from '@ethereumjs/rlp';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { encodeHeader, type RpcHeader } from '../../../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { keccak256 } from '../../../kernel/keccak.js';
import { encodeQbftExtraData } from '../../../kernel/qbft-extra-data.js';
import { addressOfPublicKey } from '../../../kernel/recover.js';
import { readHeader } from '../qbft/sealed-header.js';

/** A validator whose key a test knows. */
export interface Validator {
  readonly address: Hex;
  readonly key: Uint8Array;
}

/** Validators 1 .. count, ascending by address as Besu lists them. */
export function validators(count: number): Validator[] {
  return Array.from({ length: count }, (_, i) => validator(i + 1)).sort((a, b) => (a.address < b.address ? -1 : 1));
}

export function validator(number: number): Validator {
  const key = keccak256(Buffer.from(`validator ${number}`));
  return { key, address: addressOfPublicKey(secp256k1.getPublicKey(key, false)) };
}

export function seal(digest: Hex, { key }: Validator): Uint8Array {
  const signature = secp256k1.sign(toBytes(digest), key, { prehash: false, format: 'recovered' });
  return Buffer.concat([signature.subarray(1), signature.subarray(0, 1)]);
}

export type HeaderForm = 'London' | 'Shanghai' | 'Cancun' | 'Prague';

const zero = (bytes: number): Hex => `0x${'00'.repeat(bytes)}`;
const FORMS: Record<HeaderForm, Partial<RpcHeader>> = {
  London: {},
  Shanghai: { withdrawalsRoot: zero(32) },
  Cancun: { withdrawalsRoot: zero(32), blobGasUsed: '0x0', excessBlobGas: '0x0', parentBeaconBlockRoot: zero(32) },
  Prague: {
    ...{ withdrawalsRoot: zero(32), blobGasUsed: '0x0', excessBlobGas: '0x0', parentBeaconBlockRoot: zero(32) },
    requestsHash: zero(32),
  },
};

export interface HeaderOptions {
  readonly number: number;
  readonly set: readonly Validator[];
  /** Who seals it; of all of `set` if absent. */
  readonly sealers?: readonly Validator[];
  readonly round?: number;
  readonly parentHash?: Hex;
  readonly stateRoot?: Hex;
  readonly timestamp?: number;
  readonly form?: HeaderForm;
  readonly vote?: readonly Uint8Array[];
}

/** The RLP of a header of such a chain, its seals in the validators' order. */
export function sealedHeader(options: HeaderOptions): Hex {
  const { number, set, sealers = set, round = 0, form = 'Cancun', vote = [] } = options;
  const addresses = set.map(({ address }) => address);
  const encode = (seals: readonly Uint8Array[]): Hex =>
    toHex(
      encodeHeader({
        parentHash: options.parentHash ?? toHex(keccak256(Buffer.from(`parent of ${number}`))),
        sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
        miner: addresses[number % addresses.length] ?? zero(20),
        stateRoot: options.stateRoot ?? zero(32),
        transactionsRoot: zero(32),
        receiptsRoot: zero(32),
        logsBloom: zero(256),
        difficulty: '0x1',
        number: `0x${number.toString(16)}`,
        gasLimit: '0x1c9c380',
        gasUsed: '0x0',
        timestamp: `0x${(options.timestamp ?? 1_800_000_000 + number).toString(16)}`,
        extraData: toHex(
          encodeQbftExtraData({ vanity: new Uint8Array(32), validators: addresses, vote, round, seals }),
        ),
        mixHash: '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365',
        nonce: '0x0000000000000000',
        baseFeePerGas: '0x0',
        ...FORMS[form],
      }),
    );
  const digest = readHeader(encode([]))!.sealDigest!;
  const place = (who: Validator): number => addresses.indexOf(who.address);
  return encode([...sealers].sort((a, b) => place(a) - place(b)).map((who) => seal(digest, who)));
}

/** Headers that follow one another by hash, from `number` on, each sealed by its own `sealers`. */
export function linkedHeaders(
  number: number,
  set: readonly Validator[],
  sealers: readonly (readonly Validator[])[],
): Hex[] {
  const headers: Hex[] = [];
  sealers.forEach((who, i) => {
    const parentHash = i === 0 ? undefined : readHeader(headers[i - 1]!)!.hash;
    headers.push(sealedHeader({ number: number + i, set, sealers: who, parentHash }));
  });
  return headers;
}

/** The same header with its list of seals changed, nothing else. */
export function reseal(rlp: Hex, change: (seals: Uint8Array[]) => Uint8Array[]): Hex {
  const fields = RLP.decode(toBytes(rlp)) as Uint8Array[];
  const extra = RLP.decode(fields[12]!) as [Uint8Array, Uint8Array[], Uint8Array[], Uint8Array, Uint8Array[]];
  const seals = change([...extra[4]]);
  const changed = RLP.encode([...extra.slice(0, 4), seals]);
  return toHex(RLP.encode(fields.map((field, i) => (i === 12 ? changed : field))));
}
