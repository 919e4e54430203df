import type { FunctionFragment, ParamType } from 'ethers';
import type { ContractAbi } from './abis.js';
import { tsType } from './solidity-types.js';

/** chain/contract-abis.generated.ts */
export function renderContractAbis(abis: readonly ContractAbi[]): string {
  return `
// Written by scripts/generate from the contracts' ABIs; npm run generate.
import type { Hex } from '../kernel/hex.js';

/** Functions and errors of each registry in ethers' human-readable form; events are decoded without it. */
export const CONTRACT_ABIS = {
  ${abis.map(({ contract, abi }) => `${contract}: [${lines(abi).join(', ')}]`).join(',\n  ')},
} as const;

/** Arguments of each function that a transaction can call. */
export interface ContractWrites {
  ${abis.map((each) => `${each.contract}: { ${functions(each, false).map(write).join('; ')} }`).join(';\n  ')};
}

/** Arguments and result of each function that can only be read. */
export interface ContractReads {
  ${abis.map((each) => `${each.contract}: { ${functions(each, true).map(read).join('; ')} }`).join(';\n  ')};
}
`;
}

function lines(abi: ContractAbi['abi']): string[] {
  return abi.fragments
    .filter(({ type }) => type === 'function' || type === 'error')
    .map((fragment) => JSON.stringify(fragment.format('full')));
}

/** Overloaded functions are left out: nothing here calls one, and a name could not tell which is meant. */
function functions({ abi }: ContractAbi, constant: boolean): FunctionFragment[] {
  const all = abi.fragments.filter((fragment): fragment is FunctionFragment => fragment.type === 'function');
  return all.filter(
    ({ name, constant: is }) => is === constant && all.filter((other) => other.name === name).length === 1,
  );
}

function tuple(params: readonly ParamType[]): string {
  return `[${params.map((param, index) => `${param.name || `arg${index}`}: ${tsType(param, 'bigint')}`).join(', ')}]`;
}

const write = (fragment: FunctionFragment) => `${fragment.name}: ${tuple(fragment.inputs)}`;

function read(fragment: FunctionFragment): string {
  const [only, ...others] = fragment.outputs;
  const result = only && !others.length ? tsType(only, 'bigint') : tuple(fragment.outputs);
  return `${fragment.name}: { args: ${tuple(fragment.inputs)}; result: ${result} }`;
}
