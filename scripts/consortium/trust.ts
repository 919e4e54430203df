import type { Deployment } from '../../node/src/config/files.js';
import { rpc } from '../embedded/rpc.js';

/** What whoever verifies offline pins: the chain, a block of it, and the code that may answer for each registry. */
export interface TrustFile {
  readonly version: 1;
  readonly chainId: number;
  readonly checkpoint: { readonly number: number; readonly hash: string; readonly validators: readonly string[] };
  readonly contracts: Record<string, { readonly address: string; readonly codeHash: string }>;
}

/** Trust file of a consortium. The embedded chain has no validators, so what is made on it stays `unsealed`. */
export async function trustFile(rpcUrl: string, deployment: Deployment): Promise<TrustFile> {
  const block = await rpc<{ number: string; hash: string }>(rpcUrl, 'eth_getBlockByNumber', [
    `0x${deployment.startBlock.toString(16)}`,
    false,
  ]);
  return {
    version: 1,
    chainId: deployment.chainId,
    checkpoint: { number: Number(block.number), hash: block.hash, validators: [] },
    contracts: Object.fromEntries(
      Object.entries(deployment.contracts).map(([name, { address, codeHash }]) => [name, { address, codeHash }]),
    ),
  };
}
