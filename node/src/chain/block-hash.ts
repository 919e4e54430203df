import { RLP } from '@ethereumjs/rlp';
import { headerHash, type RpcHeader } from '../kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../kernel/hex.js';

/** Whether `hash` is that of the header: over all of it, or as QBFT has it, over round 0 and no commit seals. */
export function isHashOf(hash: Hex, header: RpcHeader): boolean {
  if (headerHash(header) === hash) return true;
  const extraData = withoutSeals(header.extraData);
  return extraData !== null && headerHash({ ...header, extraData }) === hash;
}

/** QBFT's extraData [vanity, validators, vote, round, seals] with round 0 and no seals; null for anything else. */
function withoutSeals(extraData: Hex): Hex | null {
  let fields: unknown;
  try {
    fields = RLP.decode(toBytes(extraData));
  } catch {
    return null;
  }
  if (!Array.isArray(fields) || fields.length !== 5) return null;
  const [vanity, validators, vote] = fields as Uint8Array[];
  return toHex(RLP.encode([vanity!, validators!, vote!, 0, []]));
}
