import { Interface, getCreateAddress } from 'ethers';
import { type Chain, type Signer, resetPoint, startChain } from './chain.js';
import { EMBEDDED, KEY_KIND, type MemberPlan } from './plan.js';
import { Registry } from './registry.js';

const REGISTRIES = ['MemberRegistry', 'OrderRegistry', 'ReceivableRegistry', 'AccessGrants', 'EvidenceAnchor'] as const;
export type RegistryName = (typeof REGISTRIES)[number];

/** The registry that has an annex. */
const ANNEXED: RegistryName = 'ReceivableRegistry';

/** Parameter of an implementation's constructor that names another registry's proxy. */
const PARAMETERS: Record<string, RegistryName> = {
  members: 'MemberRegistry',
  orders: 'OrderRegistry',
  receivables: 'ReceivableRegistry',
};

export interface TestMember extends MemberPlan {
  readonly id: number;
  readonly admin: Signer;
  readonly operator: Signer;
}

export interface ConsortiumOptions {
  /** Genesis members in order of admission; the embedded consortium's by default. */
  readonly plan?: readonly MemberPlan[];
  /** Registries beside the member registry; all by default. */
  readonly registries?: readonly RegistryName[];
  readonly upgradeDelay?: number;
  readonly votingPeriod?: number;
}

export interface Consortium {
  readonly chain: Chain;
  readonly members: readonly TestMember[];
  member(name: string): TestMember;
  registry(name: RegistryName): Registry;
  /** An account that no registry knows, another one at each call: for one-time accounts and strangers. */
  stranger(): Signer;
  /** Takes the chain back to the state right after deployment. */
  reset(): Promise<void>;
}

/** A tag key of 48 bytes that is told apart by its member; no point of the curve, which the contracts do not check. */
export const tagKey = (n: number) => `0x${n.toString(16).padStart(96, '0')}`;
export const messageKey = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;

/** Deploys the registries behind their proxies on a chain of their own, each member with one key of each kind. */
export async function deployConsortium(options: ConsortiumOptions = {}): Promise<Consortium> {
  const { plan = EMBEDDED, upgradeDelay = 0, votingPeriod = 7 * 86_400 } = options;
  const chain = await startChain();
  const [deployer, ...signers] = await chain.ethers.getSigners();
  const members = plan.map((one, i) => ({ ...one, id: i + 1, admin: signers[2 * i]!, operator: signers[2 * i + 1]! }));
  const wanted = options.registries ? ['MemberRegistry' as const, ...options.registries] : REGISTRIES;
  const initialization = (name: RegistryName) =>
    name === 'MemberRegistry' ? [genesis(members), upgradeDelay, votingPeriod] : [];
  const registries = await deployRegistries(chain, deployer!, wanted, initialization);
  let spare = 2 * plan.length;
  const reset = await resetPoint(chain);
  return {
    chain,
    members,
    member: (name) => members.find((one) => one.name === name)!,
    registry: (name) => registries.get(name)!,
    stranger: () => signers[spare++]!,
    reset: async () => {
      spare = 2 * plan.length;
      await reset();
    },
  };
}

/** As `initialize` of the member registry takes them. */
export function genesis(members: readonly TestMember[]) {
  return members.map(({ id, name, roles, chamber, admin, operator }) => ({
    admin: admin.address,
    roles,
    chamber,
    name,
    endpoint: `https://${name}.test`,
    operator: operator.address,
    keys: [
      { kind: KEY_KIND.MESSAGE_SIGNING, publicKey: messageKey(id) },
      { kind: KEY_KIND.MESSAGE_ENCRYPTION, publicKey: messageKey(id) },
      { kind: KEY_KIND.TAG, publicKey: tagKey(id) },
    ],
  }));
}

async function deployRegistries(
  chain: Chain,
  deployer: Signer,
  names: readonly RegistryName[],
  initialization: (name: RegistryName) => unknown[],
): Promise<Map<RegistryName, Registry>> {
  const { ethers } = chain;
  const nonce = await deployer.getNonce();
  // Each registry's implementation (and before it its annex, if it has one), then its proxy, the member registry's first;
  // one not deployed here is nobody's.
  const steps = names.flatMap((name) => (name === ANNEXED ? ['annex', 'code', name] : ['code', name]));
  const proxyOf = (name: RegistryName) =>
    getCreateAddress({ from: deployer.address, nonce: nonce + Math.max(steps.indexOf(name), 1) });
  const argumentsOf = (inputs: readonly { name: string }[], annex: string) =>
    inputs.map(({ name }) => (name === 'annex_' ? annex : proxyOf(PARAMETERS[name.replaceAll('_', '')]!)));
  const interfaces: Interface[] = [];
  const registries = new Map<RegistryName, Registry>();
  for (const name of names) {
    let annex: string | undefined;
    let { interface: abi } = await ethers.getContractFactory(name, deployer);
    if (name === ANNEXED) {
      const factory = await ethers.getContractFactory('ReceivableAnnex', deployer);
      annex = await (await factory.deploy(...argumentsOf(factory.interface.deploy.inputs, ''))).getAddress();
      abi = withAnnex(abi, factory.interface);
    }
    const factory = await ethers.getContractFactory(name, deployer);
    const implementation = await factory.deploy(...argumentsOf(factory.interface.deploy.inputs, annex ?? ''));
    const data = factory.interface.encodeFunctionData('initialize', initialization(name));
    const proxy = await ethers.deployContract('ERC1967Proxy', [await implementation.getAddress(), data], deployer);
    interfaces.push(abi);
    registries.set(name, new Registry(chain, name, await proxy.getAddress(), abi, interfaces));
  }
  return registries;
}

/** What the registry or its annex, which it runs as its own code, can do. */
function withAnnex(registry: Interface, annex: Interface): Interface {
  const known = new Set(registry.fragments.map((each) => each.format('full')));
  const more = annex.fragments.filter((each) => each.type !== 'constructor' && !known.has(each.format('full')));
  return new Interface([...registry.fragments, ...more]);
}
