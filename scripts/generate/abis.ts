import { Interface } from 'ethers';
import { builtContract, REGISTRIES } from '../lib/artifacts.js';

/** A registry's ABI as Hardhat compiled it. */
export interface ContractAbi {
  readonly contract: string;
  readonly abi: Interface;
}

/** All registries'. Throws when one has not been built. */
export function contractAbis(): ContractAbi[] {
  return REGISTRIES.map((contract) => ({ contract, abi: new Interface(builtContract(contract).abi) }));
}
