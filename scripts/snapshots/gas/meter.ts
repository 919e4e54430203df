import type { Signer } from '../../../test/contracts/support/chain.js';
import type { Registry, Sent } from '../../../test/contracts/support/registry.js';

/** Gas by what was measured: `Registry.function`, or `Registry.function: circumstance`. */
export type GasFigures = Readonly<Record<string, number>>;

/** Sends transactions and notes what each cost. */
export class Meter {
  readonly #figures: Record<string, number> = {};

  get figures(): GasFigures {
    return Object.fromEntries(Object.entries(this.#figures).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Sends and notes; `circumstance` tells two measurements of one function apart. */
  async send(circumstance: string, registry: Registry, from: Signer, fn: string, ...args: unknown[]): Promise<Sent> {
    const sent = await registry.send(from, fn, ...args);
    this.note(`${registry.name}.${fn}`, circumstance, sent.gas);
    return sent;
  }

  /** Notes a share of a transaction, such as one order's of a hundred. Rounded up. */
  note(fn: string, circumstance: string, gas: number): void {
    const name = circumstance ? `${fn}: ${circumstance}` : fn;
    if (name in this.#figures) throw new Error(`${name} is measured twice`);
    this.#figures[name] = Math.ceil(gas);
  }
}
