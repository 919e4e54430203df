import { RLP } from '@ethereumjs/rlp';
import { type Hex, toBytes, toHex } from '../../../kernel/hex.js';
import { decodeQbftExtraData, encodeQbftExtraData } from '../../../kernel/qbft-extra-data.js';
import { recoverCompact } from '../../../kernel/recover.js';
import { quorumOf } from './seals.js';
import { readHeader, type SealedHeader } from './sealed-header.js';

/** Place of extraData among a header's fields. */
const EXTRA_DATA = 12;

/** A header's seals with whose each is, as far as they are its validators', in their order. */
export function sealsBySigner(header: SealedHeader): Map<Hex, Uint8Array> {
  const found = new Map<Hex, Uint8Array>();
  if (header.qbft === null || header.sealDigest === null) return found;
  const digest = toBytes(header.sealDigest);
  for (const seal of header.qbft.seals) {
    const signer = recoverCompact(digest, seal.subarray(0, 64), seal[64]!);
    if (signer !== null && header.qbft.validators.includes(signer)) found.set(signer, seal);
  }
  const order = header.qbft.validators.filter((validator) => found.has(validator));
  return new Map(order.map((validator) => [validator, found.get(validator)!]));
}

/** The same header with the seals of these signers alone; its block's hash stays. */
function withSeals(rlp: Hex, signers: readonly Hex[]): Hex {
  const fields = RLP.decode(toBytes(rlp)) as Uint8Array[];
  const extra = decodeQbftExtraData(fields[EXTRA_DATA]!);
  const header = readHeader(rlp);
  if (extra === null || header === null) return rlp;
  const seals = [...sealsBySigner(header)].filter(([signer]) => signers.includes(signer)).map(([, seal]) => seal);
  return toHex(
    RLP.encode(fields.map((field, i) => (i === EXTRA_DATA ? encodeQbftExtraData({ ...extra, seals }) : field))),
  );
}

/** The one form of a header that stands alone: the first quorum of its validators' seals. */
export function trimmed(rlp: Hex): Hex {
  const header = readHeader(rlp);
  if (header === null || header.qbft === null) return rlp;
  return withSeals(rlp, [...sealsBySigner(header).keys()].slice(0, quorumOf(header.qbft.validators.length)));
}

/**
 * The one form of a change from the set `before`: of `headers`, the new set's first and those linked to it, as many as bear
 * a quorum of the old set, and of their seals only those needed. Null while more headers are needed.
 */
export function trimmedChange(before: readonly Hex[], headers: readonly Hex[]): Hex[] | null {
  const needed = quorumOf(before.length);
  const counted = new Set<Hex>();
  const chosen: { rlp: Hex; signers: Hex[] }[] = [];
  for (const rlp of headers) {
    const header = readHeader(rlp);
    if (header === null || header.qbft === null) return null;
    const available = [...sealsBySigner(header).keys()];
    const fresh = available
      .filter((signer) => before.includes(signer) && !counted.has(signer))
      .slice(0, needed - counted.size);
    fresh.forEach((signer) => counted.add(signer));
    const fill = available.filter((signer) => !fresh.includes(signer));
    const missing = Math.max(0, quorumOf(header.qbft.validators.length) - fresh.length);
    chosen.push({ rlp, signers: [...fresh, ...fill.slice(0, missing)] });
    if (counted.size === needed) return chosen.map(({ rlp: each, signers }) => withSeals(each, signers));
  }
  return null;
}
