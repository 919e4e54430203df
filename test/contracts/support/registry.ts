import type { Interface } from 'ethers';
import type { Chain, Signer } from './chain.js';
import { type Refusal, refusalOf } from './errors.js';
import { type Plain, plain, plainValues } from './plain.js';

export interface EventSeen {
  readonly name: string;
  readonly args: Record<string, Plain>;
}

/** What a transaction came to. Moments are its block's. */
export interface Sent {
  readonly gas: number;
  readonly block: number;
  readonly time: number;
  /** Logs of this registry, in order. */
  readonly events: readonly EventSeen[];
}

/** A contract behind its proxy, by names, so that tests read as sentences and values compare plainly. */
export class Registry {
  constructor(
    private readonly chain: Chain,
    readonly name: string,
    readonly address: string,
    readonly abi: Interface,
    /** Interfaces of all contracts whose errors can surface here. */
    private readonly errors: readonly Interface[],
  ) {}

  async send(from: Signer, fn: string, ...args: readonly unknown[]): Promise<Sent> {
    const data = this.abi.encodeFunctionData(fn, args);
    const response = await from.sendTransaction({ to: this.address, data });
    const receipt = await response.wait();
    if (!receipt) throw new Error(`${fn} was not included`);
    const block = await this.chain.ethers.provider.getBlock(receipt.blockNumber);
    const events = receipt.logs
      .filter(({ address }) => address === this.address)
      .map((log) => this.abi.parseLog(log))
      .map((log) => ({ name: log!.name, args: plainValues(log!.fragment.inputs, log!.args) }));
    return { gas: Number(receipt.gasUsed), block: receipt.blockNumber, time: block!.timestamp, events };
  }

  /** What the function would return if `from` sent it, nothing being changed: one value, or an object of several. */
  async read<T = Plain>(fn: string, ...args: readonly unknown[]): Promise<T> {
    return this.simulate<T>(undefined, fn, ...args);
  }

  async simulate<T = Plain>(from: Signer | undefined, fn: string, ...args: readonly unknown[]): Promise<T> {
    const data = this.abi.encodeFunctionData(fn, args);
    const result = await this.chain.ethers.provider.call({ to: this.address, data, from: from?.address });
    const outputs = this.abi.getFunction(fn)!.outputs;
    const values = this.abi.decodeFunctionResult(fn, result);
    return (outputs.length === 1 ? plain(outputs[0]!, values[0]) : plainValues(outputs, values)) as T;
  }

  /** The custom error with which the chain refuses `from`'s call. Throws when it does not refuse. */
  refusal(from: Signer, fn: string, ...args: readonly unknown[]): Promise<Refusal> {
    return refusalOf(() => this.send(from, fn, ...args), this.errors);
  }

  /** The custom error with which a reading function refuses. */
  readRefusal(fn: string, ...args: readonly unknown[]): Promise<Refusal> {
    return refusalOf(() => this.read(fn, ...args), this.errors);
  }

  /** EIP-712 domain, for `signTypedData`. */
  async domain() {
    const d = await this.read<{ chainId: bigint; salt: string }>('eip712Domain');
    return { name: 'tradeproof', version: '1', chainId: d.chainId, verifyingContract: this.address, salt: d.salt };
  }
}
