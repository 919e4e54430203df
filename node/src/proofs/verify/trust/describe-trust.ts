import { timeOf } from '../../../kernel/block-time.js';
import type { Hex } from '../../../kernel/hex.js';
import type { SealedHeader } from '../qbft/sealed-header.js';
import type { StorageLayout } from '../storage-layout.js';
import type { TrustFile } from './schema.js';

/** A registry as deployed: the proxy, its code, and that of the implementations that may stand behind it. */
export interface DeployedCode {
  readonly address: Hex;
  readonly proxyCodeHash: Hex;
  readonly codeHashes: readonly Hex[];
  /** Where they keep what: a newer layout only adds to an older one. */
  readonly layout: StorageLayout;
}

/**
 * The trust file that pins this block and this code. Whose the validators are nobody can read from a chain: `ownerOf` says,
 * for people to look at before they trust it.
 */
export function describeTrust(
  chainId: number,
  header: SealedHeader,
  contracts: Readonly<Record<string, DeployedCode>>,
  ownerOf: (validator: Hex) => string,
): TrustFile {
  return {
    format: 'tradeproof-trust',
    version: 1,
    chainId,
    checkpoint: checkpointOf(header, ownerOf),
    contracts: Object.fromEntries(
      Object.entries(contracts).map(([name, { address, proxyCodeHash, codeHashes, layout }]) => [
        name,
        {
          address,
          codeHash: proxyCodeHash,
          implementations: codeHashes.map((codeHash) => ({ codeHash, layout })),
        },
      ]),
    ) as TrustFile['contracts'],
  };
}

/** A block to pin, with the set that sealed it. */
export function checkpointOf(header: SealedHeader, ownerOf: (validator: Hex) => string): TrustFile['checkpoint'] {
  const { number, hash, timestamp, qbft } = header;
  return {
    number,
    hash,
    time: timeOf(timestamp),
    validators: (qbft?.validators ?? []).map((address) => ({ address, owner: ownerOf(address) })),
  };
}
