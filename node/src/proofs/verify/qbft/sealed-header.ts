import { decodeHeader, headerHash, type RpcHeader } from '../../../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { decodeQbftExtraData, encodeQbftExtraData, type QbftExtraData } from '../../../kernel/qbft-extra-data.js';

/** A header as a file carries it: what it says, its block's hash, and its QBFT extraData if it has any. */
export interface SealedHeader {
  readonly rlp: Hex;
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  readonly stateRoot: Hex;
  /** Seconds. */
  readonly timestamp: number;
  /** Null on a chain without such seals. */
  readonly qbft: QbftExtraData | null;
  /** What commit seals sign: the hash over the real round and no seals. Null without QBFT extraData. */
  readonly sealDigest: Hex | null;
}

/** Null for bytes that are no header since London, in its one encoding. */
export function readHeader(rlp: Hex): SealedHeader | null {
  const header = decodeHeader(toBytes(rlp));
  if (header === null) return null;
  const [number, timestamp] = [Number(header.number), Number(header.timestamp)];
  if (!Number.isSafeInteger(number) || timestamp > LATEST) return null;
  const qbft = decodeQbftExtraData(toBytes(header.extraData));
  const { parentHash, stateRoot } = header;
  const common = { rlp, number, timestamp, parentHash, stateRoot, qbft };
  if (qbft === null) return { ...common, hash: headerHash(header), sealDigest: null };
  return {
    ...common,
    hash: hashWith(header, { ...qbft, round: 0, seals: [] }),
    sealDigest: hashWith(header, { ...qbft, seals: [] }),
  };
}

/** The last second that RFC 3339 can write. */
const LATEST = 253_402_300_799;

function hashWith(header: RpcHeader, extraData: QbftExtraData): Hex {
  return headerHash({ ...header, extraData: toHex(encodeQbftExtraData(extraData)) });
}
