import { headerHash, type RpcHeader } from '../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';
import { decodeQbftExtraData, encodeQbftExtraData } from '../kernel/qbft-extra-data.js';

/** Whether `hash` is that of the header: over all of it, or as QBFT has it, over round 0 and no commit seals. */
export function isHashOf(hash: Hex, header: RpcHeader): boolean {
  if (headerHash(header) === hash) return true;
  const extra = decodeQbftExtraData(toBytes(header.extraData));
  if (extra === null) return false;
  return headerHash({ ...header, extraData: toHex(encodeQbftExtraData({ ...extra, round: 0, seals: [] })) }) === hash;
}
