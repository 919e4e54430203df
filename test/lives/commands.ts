import type { Random } from '../chaos/random.js';
import { type Pence, pence, text } from './plain.js';
import type { Step } from './send.js';

/** Codes that refuse a command, if it is refused. */
export const when = (refused: boolean, ...codes: string[]): string[] => (refused ? codes : []);

/** Amounts that are none. */
export const BAD = ['0', '-1', '0.001', '1e2'];
/** The smallest and the largest are rarer: they end a life early. */
const EXTREME = ['0.01', '1000000000000000000'];

/** An amount as it is written, what it comes to and why it is refused as such. */
export interface Given {
  readonly amount: string;
  readonly pence: Pence;
  readonly codes: readonly string[];
}

/** The usual amount, at an edge now and then. */
export function amount(random: Random, usual: Pence, often: { readonly bad: number; readonly extreme: number }): Given {
  const bad = random.chance(often.bad);
  const edge = bad ? random.of(BAD) : often.extreme && random.chance(often.extreme) ? random.of(EXTREME) : undefined;
  const given = edge ?? text(Math.max(1, usual));
  return { amount: given, pence: bad ? 0 : pence(given), codes: when(bad, 'AMOUNT_INVALID') };
}

/** A command on a financing, by a side of it. */
export interface SideCommand {
  readonly id: string;
  readonly act: string;
  /** Who sends it. */
  readonly member: string;
  /** Whose command it is, and both who know of the financing. */
  readonly right: string;
  readonly sides: readonly string[];
  readonly status: string;
  /** States from which it may be given. */
  readonly from: readonly string[];
}

/** The other side, and who is none, are refused before all else. */
export function sideCommand(
  { id, act, member, right, sides, status, from }: SideCommand,
  more: Omit<Partial<Step>, 'refusals'> & { readonly refusals?: readonly string[] },
): Step {
  const refusals = [
    ...when(member !== right, sides.includes(member) ? 'FINANCING_UNAUTHORIZED' : 'FINANCING_UNKNOWN'),
    ...when(!from.includes(status), 'FINANCING_INVALID_TRANSITION'),
    ...(more.refusals ?? []),
  ];
  return { member, path: `/v1/financings/${id}/${act}`, done: () => {}, ...more, refusals };
}
