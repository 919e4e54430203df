import { RLP } from '@ethereumjs/rlp';
import { type Hex, toHex } from './hex.js';

/** What a QBFT header's extraData holds: RLP[vanity, validators, vote, round, seals]. */
export interface QbftExtraData {
  readonly vanity: Uint8Array;
  /** The set that seals this very block, in the header's own order. */
  readonly validators: readonly Hex[];
  /** As decoded: no item, or recipient and 0xff (add) or nothing (drop). It is hashed, and not looked at otherwise. */
  readonly vote: readonly Uint8Array[];
  readonly round: number;
  /** 65 bytes each: r, s and the recovery bit (0 or 1). */
  readonly seals: readonly Uint8Array[];
}

type Item = Uint8Array | Item[];

const isBytes = (item: Item | undefined, ...lengths: number[]): item is Uint8Array =>
  item instanceof Uint8Array && (lengths.length === 0 || lengths.includes(item.length));

/** Null for what is no QBFT extraData in its one encoding: then the block bears no such seals. */
export function decodeQbftExtraData(bytes: Uint8Array): QbftExtraData | null {
  let decoded: Item;
  try {
    decoded = RLP.decode(bytes) as Item;
  } catch {
    return null;
  }
  if (!Array.isArray(decoded) || decoded.length !== 5) return null;
  const [vanity, validators, vote, round, seals] = decoded;
  if (!isBytes(vanity) || !Array.isArray(validators) || !isVote(vote) || !isRound(round) || !Array.isArray(seals))
    return null;
  if (!validators.every((item) => isBytes(item, 20)) || !seals.every((item) => isBytes(item, 65))) return null;
  const extraData = {
    vanity,
    validators: validators.map((item) => toHex(item)),
    vote,
    round: round.reduce((number, byte) => number * 256 + byte, 0),
    seals,
  };
  return Buffer.compare(RLP.encode(decoded), bytes) === 0 ? extraData : null;
}

/** The inverse of {@link decodeQbftExtraData}. */
export function encodeQbftExtraData({ vanity, validators, vote, round, seals }: QbftExtraData): Uint8Array {
  return RLP.encode([vanity, [...validators], [...vote], round, [...seals]]);
}

const isVote = (vote: Item | undefined): vote is Uint8Array[] =>
  Array.isArray(vote) &&
  (vote.length === 0 || (vote.length === 2 && isBytes(vote[0], 20) && isBytes(vote[1], 0, 1) && isFlag(vote[1])));
const isFlag = (flag: Uint8Array): boolean => flag.length === 0 || flag[0] === 0xff;

/** A scalar of at most 31 bits, without leading zeros. */
const isRound = (round: Item | undefined): round is Uint8Array =>
  isBytes(round, 0, 1, 2, 3, 4) && round[0] !== 0 && !(round.length === 4 && round[0]! > 0x7f);
