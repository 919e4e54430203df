import type { EventFragment } from 'ethers';
import type { ContractAbi } from './abis.js';
import { tsType } from './solidity-types.js';

export interface KnownEvent {
  readonly fragment: EventFragment;
  readonly contracts: string[];
}

/** Each event once, with the registries that can emit it. Throws when two events share a name but not a signature. */
export function knownEvents(abis: readonly ContractAbi[]): KnownEvent[] {
  const byName = new Map<string, KnownEvent>();
  for (const { contract, abi } of abis) {
    abi.forEachEvent((fragment) => {
      const known = byName.get(fragment.name);
      if (!known) byName.set(fragment.name, { fragment, contracts: [contract] });
      else if (known.fragment.format('full') !== fragment.format('full'))
        throw new Error(`event ${fragment.name} has two signatures`);
      else known.contracts.push(contract);
    });
  }
  return [...byName.values()];
}

/** kernel/contract-events.generated.ts */
export function renderEvents(abis: readonly ContractAbi[]): string {
  const events = knownEvents(abis);
  const members = events.map(({ fragment, contracts }) => {
    const args = fragment.inputs.map((input) => `readonly ${input.name}: ${tsType(input)}`).join('; ');
    const names = contracts.map((name) => `'${name}'`).join(' | ');
    return `{ readonly name: '${fragment.name}'; readonly contract: ${names}; readonly args: ${args ? `{ ${args} }` : 'Record<string, never>'} }`;
  });
  const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(', ');
  return `
// Written by scripts/generate from the contracts' ABIs; npm run generate.
import type { Hex } from './hex.js';

/** The registries of a deployment. */
export const CONTRACT_NAMES = [${quoted(abis.map(({ contract }) => contract))}] as const;
export type ContractName = (typeof CONTRACT_NAMES)[number];

/** What the registries can say. Unsigned integers up to 64 bits are numbers; wider ones, bytes and addresses hex. */
export type ContractEvent = ${members.map((member) => `\n  | ${member}`).join('')};
export type EventName = ContractEvent['name'];
export type EventNamed<N extends EventName> = Extract<ContractEvent, { name: N }>;

export const EVENT_NAMES = [${quoted(events.map(({ fragment }) => fragment.name))}] as const satisfies readonly EventName[];

/** An event where it stands in the chain. */
export interface EventRecord<E extends ContractEvent = ContractEvent> {
  readonly event: E;
  readonly block: number;
  /** Seconds, of the block: the clock for all deadlines. */
  readonly blockTime: number;
  /** Position among all logs of the block. */
  readonly logIndex: number;
  readonly tx: Hex;
}
`;
}
