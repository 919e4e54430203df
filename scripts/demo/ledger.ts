import { fromMinorUnits, toMinorUnits } from '../../node/src/kernel/money.js';

/** Money that members gave and got, each by its own node's word, in minor units. */
export class Ledger {
  readonly #balances = new Map<string, bigint>();

  constructor(private readonly currency: string) {}

  gave(member: string, amount: string): void {
    this.add(member, -toMinorUnits(amount, this.currency));
  }

  got(member: string, amount: string): void {
    this.add(member, toMinorUnits(amount, this.currency));
  }

  /** What a member has more or less than before. */
  balanceOf(member: string): bigint {
    return this.#balances.get(member) ?? 0n;
  }

  /** Of all members: 0 where what one says it gave, another says it got. */
  total(): bigint {
    return [...this.#balances.values()].reduce((sum, units) => sum + units, 0n);
  }

  lines(): string[] {
    const width = 12;
    return [...this.#balances].map(
      ([member, units]) =>
        `${member.padEnd(width)}${fromMinorUnits(units, this.currency).padStart(width)} ${this.currency}`,
    );
  }

  private add(member: string, units: bigint): void {
    this.#balances.set(member, this.balanceOf(member) + units);
  }
}
