import { Interface } from 'ethers';
import { REGISTRIES } from '../deploy/artifacts.js';
import { builtContract } from '../lib/artifacts.js';

/** A registry's ABI as Hardhat compiled it. */
export interface ContractAbi {
  readonly contract: string;
  readonly abi: Interface;
}

/** All registries'. Throws when one has not been built. */
export function contractAbis(): ContractAbi[] {
  return REGISTRIES.map((contract) => ({ contract, abi: new Interface(builtContract(contract).abi) }));
}
