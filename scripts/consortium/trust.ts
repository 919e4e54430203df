import { encodeHeader, type RpcHeader } from '../../node/src/kernel/block-header.js';
import { type Hex, toBytes, toHex } from '../../node/src/kernel/hex.js';
import { keccak256Hex } from '../../node/src/kernel/keccak.js';
import { type Deployment, implementationsOf } from '../../node/src/config/files.js';
import { readHeader } from '../../node/src/proofs/verify/qbft/sealed-header.js';
import { STORAGE_LAYOUTS } from '../../node/src/proofs/verify/storage-layouts.generated.js';
import { describeTrust } from '../../node/src/proofs/verify/trust/describe-trust.js';
import type { TrustFile } from '../../node/src/proofs/verify/trust/schema.js';
import { REGISTRIES } from '../deploy/artifacts.js';
import { rpc } from '../embedded/rpc.js';

/**
 * Trust file of a consortium: its chain, the block at which it began, and the code that answers for each registry. The
 * embedded chain has no validators, so what is made on it stays `unsealed`. `ownerOf` says whose a validator is.
 */
export async function trustFile(
  rpcUrl: string,
  { chainId, startBlock, contracts }: Deployment,
  ownerOf: (validator: Hex) => string | undefined = () => undefined,
): Promise<TrustFile> {
  const number = `0x${startBlock.toString(16)}`;
  const header = readHeader(toHex(encodeHeader(await rpc<RpcHeader>(rpcUrl, 'eth_getBlockByNumber', [number, false]))));
  if (!header) throw new Error(`block ${startBlock} has a header that cannot be read`);
  const deployed = await Promise.all(
    REGISTRIES.map(async (name) => {
      const { address } = contracts[name];
      const codeHashes = implementationsOf(contracts[name]).map(({ codeHash }) => codeHash);
      const code = await rpc<Hex>(rpcUrl, 'eth_getCode', [address, 'latest']);
      const proxyCodeHash = keccak256Hex(toBytes(code));
      const registry = { address, proxyCodeHash, codeHashes, layout: STORAGE_LAYOUTS[name] };
      return [name, registry] as const;
    }),
  );
  return describeTrust(chainId, header, Object.fromEntries(deployed), (validator) => ownerOf(validator) ?? 'not named');
}
