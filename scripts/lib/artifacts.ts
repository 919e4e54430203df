import { readFileSync } from 'node:fs';
import type { JsonFragment } from 'ethers';

/** What is deployed: each registry with the folder that its source lies in, the annex of one, and the proxy in front of each. */
export const DEPLOYED = {
  MemberRegistry: 'contracts/members/MemberRegistry.sol',
  OrderRegistry: 'contracts/orders/OrderRegistry.sol',
  ReceivableAnnex: 'contracts/receivables/ReceivableAnnex.sol',
  ReceivableRegistry: 'contracts/receivables/ReceivableRegistry.sol',
  AccessGrants: 'contracts/access/AccessGrants.sol',
  EvidenceAnchor: 'contracts/evidence/EvidenceAnchor.sol',
  ERC1967Proxy: '@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol',
} as const;
export type DeployedName = keyof typeof DEPLOYED;

/** Contracts that a registry runs as its own code: what they can do, the registry can. */
const ANNEXES: Partial<Record<DeployedName, DeployedName>> = { ReceivableRegistry: 'ReceivableAnnex' };

/** A contract as `hardhat build` left it in artifacts/. */
export interface BuiltContract {
  readonly abi: readonly JsonFragment[];
  /** Creation code. */
  readonly bytecode: string;
  readonly deployedBytecode: string;
  readonly inputSourceName: string;
  readonly buildInfoId: string;
}

/** With its annex's ABI beside its own. Throws when the contract has not been built. */
export function builtContract(name: DeployedName): BuiltContract {
  const built = JSON.parse(readFileSync(`artifacts/${DEPLOYED[name]}/${name}.json`, 'utf8')) as BuiltContract;
  const annex = ANNEXES[name];
  return annex ? { ...built, abi: mergedAbi(built.abi, builtContract(annex).abi) } : built;
}

/** What either contract can do; the constructor is the first one's. */
function mergedAbi(own: readonly JsonFragment[], annex: readonly JsonFragment[]): readonly JsonFragment[] {
  const nameOf = ({ type, name, inputs }: JsonFragment): string =>
    `${type} ${name}(${(inputs ?? []).map((each) => each.type).join()})`;
  const known = new Set(own.map(nameOf));
  return [...own, ...annex.filter((each) => each.type !== 'constructor' && !known.has(nameOf(each)))];
}

/** What the compiler put out beside code and ABI, from the build that the contract's artifact names. */
export function compilerOutput<Output>(name: DeployedName): Output {
  const { buildInfoId, inputSourceName } = builtContract(name);
  const path = `artifacts/build-info/${buildInfoId}.output.json`;
  const { output } = JSON.parse(readFileSync(path, 'utf8')) as {
    output: { contracts: Record<string, Record<string, Output>> };
  };
  const found = output.contracts[inputSourceName]?.[name];
  if (!found) throw new Error(`${path} lacks ${name}`);
  return found;
}
