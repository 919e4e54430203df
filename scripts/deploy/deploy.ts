import { AbiCoder, Interface, Wallet, getCreateAddress, keccak256 } from 'ethers';
import type { Deployment } from '../../node/src/config/files.js';
import { rpc } from '../embedded/rpc.js';
import { type Artifact, REGISTRIES, type Registry, loadArtifacts } from './artifacts.js';

/** A member as of the registry's first block; shapes as `IMemberRegistry.GenesisMember`. */
export interface GenesisMember {
  readonly admin: string;
  readonly roles: number;
  readonly chamber: number;
  readonly name: string;
  readonly endpoint: string;
  readonly operator: string;
  readonly keys: readonly { kind: number; publicKey: string }[];
}

export interface DeployOptions {
  readonly rpcUrl: string;
  /** Private key that sends the deployment; it owns nothing afterwards. */
  readonly deployer: string;
  readonly members: readonly GenesisMember[];
  /** Seconds that a passed upgrade waits: 14 days, 0 in the embedded consortium. */
  readonly upgradeDelay: number;
  /** Seconds in which a proposal can be voted on. */
  readonly votingPeriod: number;
}

const GAS_LIMIT = 15_000_000n;
const lower = (hex: string) => hex.toLowerCase() as `0x${string}`;

/**
 * Deploys the five registries behind plain ERC-1967 proxies. Implementations name the other registries' proxies as
 * immutables, so the proxies' addresses are computed from the deployer's nonce before anything is sent.
 */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const artifacts = loadArtifacts();
  const wallet = new Wallet(options.deployer);
  const count = async () =>
    Number(await rpc<string>(options.rpcUrl, 'eth_getTransactionCount', [wallet.address, 'latest']));
  const chainId = Number(await rpc<string>(options.rpcUrl, 'eth_chainId'));
  const startBlock = Number(await rpc<string>(options.rpcUrl, 'eth_blockNumber')) + 1;
  const nonce = await count();
  const at = (offset: number) => lower(getCreateAddress({ from: wallet.address, nonce: nonce + offset }));
  const implementationAt = (i: number) => at(2 * i);
  const proxies = Object.fromEntries(REGISTRIES.map((name, i) => [name, at(2 * i + 1)])) as Record<
    Registry,
    `0x${string}`
  >;

  // The member registry, first of all, is whole before the next begins: their implementations read its domain's salt.
  const creations = REGISTRIES.flatMap((name, i) => [
    creation(artifacts[name], constructorArguments(artifacts[name], proxies)),
    creation(artifacts.ERC1967Proxy, [implementationAt(i), initialization(name, artifacts[name], options)]),
  ]);
  for (const [offset, data] of creations.entries()) {
    const transaction = { type: 0, chainId, nonce: nonce + offset, gasLimit: GAS_LIMIT, gasPrice: 0n, data };
    const hash = await rpc<string>(options.rpcUrl, 'eth_sendRawTransaction', [
      await wallet.signTransaction(transaction),
    ]);
    await included(options.rpcUrl, hash);
  }

  const contracts = {} as Record<Registry, Deployment['contracts'][Registry]>;
  const domains: Record<string, `0x${string}`> = {};
  for (const [i, name] of REGISTRIES.entries()) {
    const implementation = implementationAt(i);
    const code = await rpc<string>(options.rpcUrl, 'eth_getCode', [implementation, 'latest']);
    contracts[name] = { address: proxies[name], implementation, codeHash: lower(keccak256(code)) };
    domains[name] = await domainSeparator(options.rpcUrl, proxies[name]);
  }
  return { chainId, startBlock, contracts, domains };
}

function creation(artifact: Artifact, args: readonly unknown[]): string {
  const inputs = new Interface(artifact.abi).deploy.inputs;
  return artifact.bytecode + AbiCoder.defaultAbiCoder().encode(inputs, args).slice(2);
}

const PARAMETERS: Record<string, Registry> = {
  members: 'MemberRegistry',
  orders: 'OrderRegistry',
  receivables: 'ReceivableRegistry',
};

/** Each constructor parameter, such as `orders_`, names the registry whose proxy it wants. */
function constructorArguments(artifact: Artifact, proxies: Record<Registry, string>): string[] {
  return new Interface(artifact.abi).deploy.inputs.map(({ name }) => {
    const registry = PARAMETERS[name.replaceAll('_', '')];
    if (!registry) throw new Error(`the constructor parameter '${name}' names no registry`);
    return proxies[registry];
  });
}

function initialization(name: Registry, artifact: Artifact, options: DeployOptions): string {
  const args = name === 'MemberRegistry' ? [options.members, options.upgradeDelay, options.votingPeriod] : [];
  return new Interface(artifact.abi).encodeFunctionData('initialize', args);
}

async function included(rpcUrl: string, hash: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const receipt = await rpc<{ status: string } | null>(rpcUrl, 'eth_getTransactionReceipt', [hash]);
    if (receipt?.status === '0x1') return;
    if (receipt) throw new Error(`deployment transaction ${hash} was reverted`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`deployment transaction ${hash} was not included within 30 s`);
}

async function domainSeparator(rpcUrl: string, to: string): Promise<`0x${string}`> {
  const registry = new Interface(['function domainSeparator() view returns (bytes32)']);
  const data = registry.encodeFunctionData('domainSeparator');
  return lower(await rpc<string>(rpcUrl, 'eth_call', [{ to, data }, 'latest']));
}
