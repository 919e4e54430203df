import { AbiCoder, getCreateAddress, Interface, keccak256, Wallet } from 'ethers';
import type { Deployment } from '../../node/src/config/index.js';
import { rpc } from '../embedded/rpc.js';
import { type Artifact, loadArtifacts, PARAMETERS, type Registry } from './artifacts.js';

/** What the chambers are asked to vote on, as `POST /v1/proposals` takes it. */
export interface UpgradeProposal {
  readonly kind: 'UPGRADE';
  readonly proxy: string;
  readonly implementation: string;
  readonly codeHash: string;
}

export interface Implementation {
  readonly rpcUrl: string;
  readonly deployment: Deployment;
  readonly registry: Registry;
  /** Any account's key: it owns nothing of what it deploys. */
  readonly deployer: string;
  /** Creation code by contract; what this release was built with by default. */
  readonly artifacts?: Record<string, Artifact>;
}

const GAS_LIMIT = 15_000_000n;

/** Deploys this release's code of a registry, which nobody follows until the chambers have voted its hash. */
export async function deployImplementation(options: Implementation): Promise<UpgradeProposal> {
  const { rpcUrl, deployment, registry, artifacts = loadArtifacts() } = options;
  const send = sender(rpcUrl, deployment.chainId, options.deployer);
  const places = placesOf(deployment);
  if (registry === 'ReceivableRegistry') places['annex'] = await send(creation(artifacts['ReceivableAnnex']!, places));
  const implementation = await send(creation(artifacts[registry]!, places));
  const code = await rpc<string>(rpcUrl, 'eth_getCode', [implementation, 'latest']);
  return { kind: 'UPGRADE', proxy: deployment.contracts[registry].address, implementation, codeHash: keccak256(code) };
}

/** Addresses of the registries' proxies by the constructor parameter that wants them. */
export function placesOf({ contracts }: Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(PARAMETERS).map(([parameter, name]) => [parameter, contracts[name].address]),
  );
}

/** Creation code with its constructor's arguments. */
export function creation({ abi, bytecode }: Artifact, places: Record<string, string>): string {
  const { inputs } = new Interface(abi).deploy;
  const values = inputs.map(({ name }) => places[name.replaceAll('_', '')]);
  return bytecode + AbiCoder.defaultAbiCoder().encode(inputs, values).slice(2);
}

/** Creates a contract and resolves with its address once it is included. */
function sender(rpcUrl: string, chainId: number, key: string): (data: string) => Promise<string> {
  const wallet = new Wallet(key);
  return async (data) => {
    const nonce = Number(await rpc<string>(rpcUrl, 'eth_getTransactionCount', [wallet.address, 'latest']));
    const transaction = { type: 0, chainId, nonce, gasLimit: GAS_LIMIT, gasPrice: 0n, data };
    const hash = await rpc<string>(rpcUrl, 'eth_sendRawTransaction', [await wallet.signTransaction(transaction)]);
    for (let tries = 0; tries < 600; tries++) {
      const receipt = await rpc<{ status: string } | null>(rpcUrl, 'eth_getTransactionReceipt', [hash]);
      if (receipt?.status === '0x1') return getCreateAddress({ from: wallet.address, nonce });
      if (receipt) throw new Error(`the transaction ${hash} was reverted`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the transaction ${hash} was not included within a minute`);
  };
}
