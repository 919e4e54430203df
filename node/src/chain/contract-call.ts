import type { ContractName } from '../kernel/contract-events.generated.js';
import type { ContractWrites } from './contract-abis.generated.js';

type Calls<C extends ContractName> = {
  [F in keyof ContractWrites[C] & string]: {
    readonly contract: C;
    readonly fn: F;
    readonly args: ContractWrites[C][F];
  };
}[keyof ContractWrites[C] & string];

/** A call of a registry's function with the arguments that it takes, in their order. */
export type ContractCall = { [C in ContractName]: Calls<C> }[ContractName];
