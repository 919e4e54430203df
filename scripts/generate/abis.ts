import { readFileSync } from 'node:fs';
import { type InterfaceAbi, Interface } from 'ethers';

/** The registries that a node reads and writes, each with the source that defines it. */
export const CONTRACTS = {
  MemberRegistry: 'members',
  OrderRegistry: 'orders',
  ReceivableRegistry: 'receivables',
  AccessGrants: 'access',
  EvidenceAnchor: 'evidence',
} as const;

/** A registry's ABI as Hardhat compiled it. */
export interface ContractAbi {
  readonly contract: string;
  readonly abi: Interface;
}

/** Reads the artifacts of `hardhat build`. Throws when a registry has none. */
export function contractAbis(): ContractAbi[] {
  return Object.entries(CONTRACTS).map(([contract, folder]) => {
    const path = `artifacts/contracts/${folder}/${contract}.sol/${contract}.json`;
    const { abi } = JSON.parse(readFileSync(path, 'utf8')) as { abi: InterfaceAbi };
    return { contract, abi: new Interface(abi) };
  });
}
