import { AbiCoder, Interface, Wallet, getCreateAddress, keccak256 } from 'ethers';
import type { Deployment } from '../../node/src/config/files.js';
import { rpc } from '../embedded/rpc.js';
import { type Artifact, type Deployable, PARAMETERS, REGISTRIES, type Registry, loadArtifacts } from './artifacts.js';

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

type Code = Exclude<Deployable, 'ERC1967Proxy'>;
type Step = { readonly part: Code } | { readonly proxyOf: Registry };

/** What is created for each registry before its proxy, in this order. */
const PARTS: Record<Registry, readonly Code[]> = {
  MemberRegistry: ['MemberRegistry'],
  OrderRegistry: ['OrderRegistry'],
  ReceivableRegistry: ['ReceivableAnnex', 'ReceivableRegistry'],
  AccessGrants: ['AccessGrants'],
  EvidenceAnchor: ['EvidenceAnchor'],
};

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
  const steps = REGISTRIES.flatMap((name): Step[] => [...PARTS[name].map((part) => ({ part })), { proxyOf: name }]);
  const at = (offset: number) => lower(getCreateAddress({ from: wallet.address, nonce: nonce + offset }));
  const placeOf = (step: Step) => steps.findIndex((each) => JSON.stringify(each) === JSON.stringify(step));
  const implementationOf = (part: Code) => at(placeOf({ part }));
  const addresses: Record<string, string> = { annex: implementationOf('ReceivableAnnex') };
  for (const [parameter, name] of Object.entries(PARAMETERS)) addresses[parameter] = at(placeOf({ proxyOf: name }));

  // The member registry, first of all, is whole before the next begins: their implementations read its domain's salt.
  const creations = steps.map((step) =>
    'part' in step
      ? creation(artifacts[step.part], constructorArguments(artifacts[step.part], addresses))
      : creation(artifacts.ERC1967Proxy, [
          implementationOf(step.proxyOf),
          initialization(step.proxyOf, artifacts[step.proxyOf], options),
        ]),
  );
  for (const [offset, data] of creations.entries()) {
    const transaction = { type: 0, chainId, nonce: nonce + offset, gasLimit: GAS_LIMIT, gasPrice: 0n, data };
    const hash = await rpc<string>(options.rpcUrl, 'eth_sendRawTransaction', [
      await wallet.signTransaction(transaction),
    ]);
    await included(options.rpcUrl, hash);
  }

  const contracts = {} as Record<Registry, Deployment['contracts'][Registry]>;
  const domains: Record<string, `0x${string}`> = {};
  for (const name of REGISTRIES) {
    const [proxy, implementation] = [at(placeOf({ proxyOf: name })), implementationOf(name)];
    const code = await rpc<string>(options.rpcUrl, 'eth_getCode', [implementation, 'latest']);
    contracts[name] = { address: proxy, implementation, codeHash: lower(keccak256(code)) };
    domains[name] = await domainSeparator(options.rpcUrl, proxy);
  }
  return { chainId, startBlock, contracts, domains };
}

function creation(artifact: Artifact, args: readonly unknown[]): string {
  const inputs = new Interface(artifact.abi).deploy.inputs;
  return artifact.bytecode + AbiCoder.defaultAbiCoder().encode(inputs, args).slice(2);
}

/** Each constructor parameter, such as `orders_`, names the registry whose proxy it wants, or the annex. */
function constructorArguments(artifact: Artifact, addresses: Record<string, string>): string[] {
  return new Interface(artifact.abi).deploy.inputs.map(({ name }) => {
    const address = addresses[name.replaceAll('_', '')];
    if (!address) throw new Error(`the constructor parameter '${name}' names nothing that is deployed`);
    return address;
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
