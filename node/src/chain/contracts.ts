import { type FunctionFragment, Interface } from 'ethers';
import type { Deployment } from '../config/index.js';
import { CONTRACT_NOTICES, CONTRACT_PROBLEMS, type ContractErrorName } from '../kernel/contract-errors.generated.js';
import { CONTRACT_NAMES, type ContractName } from '../kernel/contract-events.generated.js';
import type { Hex } from '../kernel/hex.js';
import type { Address } from '../kernel/ids.js';
import type { Problem } from '../kernel/problem.js';
import { CONTRACT_ABIS, type ContractWrites } from './contract-abis.generated.js';
import { plainFields, plainValue } from './plain-value.js';
import { wordEncoder } from './word-encoder.js';

/** A custom error with its values by parameter name. */
export interface Revert {
  readonly name: ContractErrorName;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The deployment's registries: where they are, how to call them, what their refusals mean. */
export class Contracts {
  private readonly interfaces: Record<ContractName, Interface>;
  private readonly encoders = new Map<FunctionFragment, (args: readonly unknown[]) => Hex>();

  constructor(private readonly deployment: Pick<Deployment, 'contracts'>) {
    const entries = CONTRACT_NAMES.map((name) => [name, new Interface(CONTRACT_ABIS[name])]);
    this.interfaces = Object.fromEntries(entries) as Record<ContractName, Interface>;
  }

  /** The registry's proxy. */
  address(contract: ContractName): Address {
    return this.deployment.contracts[contract].address as Address;
  }

  /** All registries' proxies, in the order of {@link CONTRACT_NAMES}. */
  addresses(): Address[] {
    return CONTRACT_NAMES.map((name) => this.address(name));
  }

  /** The call of a function that a transaction makes. Throws on arguments that do not fit the ABI: a defect. */
  encode<C extends ContractName, F extends keyof ContractWrites[C] & string>(
    contract: C,
    fn: F,
    args: ContractWrites[C][F],
  ): { to: Address; data: Hex } {
    return this.encodeCall(contract, fn, args as readonly unknown[]);
  }

  /** The same for any function by its name. */
  encodeCall(contract: ContractName, fn: string, args: readonly unknown[]): { to: Address; data: Hex } {
    const fragment = this.interfaces[contract].getFunction(fn);
    if (!fragment) throw new TypeError(`${contract} has no function ${fn}`);
    return { to: this.address(contract), data: this.encoderOf(contract, fragment)(args) };
  }

  private encoderOf(contract: ContractName, fragment: FunctionFragment): (args: readonly unknown[]) => Hex {
    const known = this.encoders.get(fragment);
    if (known) return known;
    const byEthers = (args: readonly unknown[]) => this.interfaces[contract].encodeFunctionData(fragment, args) as Hex;
    const encoder = wordEncoder(fragment) ?? byEthers;
    this.encoders.set(fragment, encoder);
    return encoder;
  }

  /** What a view function returned: one value by itself, several as a list. */
  decodeResult(contract: ContractName, fn: string, result: Hex): unknown {
    const { outputs } = this.interfaces[contract].getFunction(fn)!;
    const values = this.interfaces[contract].decodeFunctionResult(fn, result);
    const plain = outputs.map((output, index) => plainValue(output, values[index]));
    return plain.length === 1 ? plain[0] : plain;
  }

  /** The custom error that revert data carries, of whichever registry; null for a bare revert, a panic or a foreign error. */
  decodeRevert(data: Hex): Revert | null {
    for (const name of CONTRACT_NAMES) {
      const error = this.interfaces[name].parseError(data);
      if (error && error.name in CONTRACT_PROBLEMS)
        return { name: error.name as ContractErrorName, args: plainFields(error.fragment.inputs, error.args) };
    }
    return null;
  }

  /** The refusal that revert data tells of, its values as facts; null when {@link decodeRevert} finds none. */
  problem(data: Hex): Problem | null {
    const revert = this.decodeRevert(data);
    if (!revert) return null;
    const facts = Object.fromEntries(
      Object.entries(revert.args).map(([name, value]) => [name, typeof value === 'bigint' ? value.toString() : value]),
    );
    const detail = CONTRACT_NOTICES[revert.name].replace(/`(\w+)`/g, (whole, name: string) =>
      name in facts ? String(facts[name]) : whole,
    );
    return CONTRACT_PROBLEMS[revert.name](detail, facts);
  }
}
