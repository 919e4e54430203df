import type { Random } from '../../chaos/random.js';
import { amount as anAmount, type Given, when } from '../commands.js';
import type { Pence } from '../plain.js';
import type { Step } from '../send.js';
import type { Advance, Claim, Supplier, Tree } from './plain.js';

export interface Situation {
  readonly tree: Tree;
  readonly claim: Claim;
  readonly advance?: Advance;
  readonly random: Random;
  /** A number that no other document has. */
  readonly number: string;
  /** RFC 3339, two days of the chain's time ahead. */
  readonly expiresAt: string;
}

export type Act = (situation: Situation) => Step | undefined;

const ALL = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'];

/** Mostly who should; now and then somebody else. */
export const by = ({ random }: Situation, member: string): string => (random.chance(0.85) ? member : random.of(ALL));
export const amount = ({ random }: Situation, usual: Pence): Given => anAmount(random, usual, { bad: 0.1, extreme: 0 });
export const at = ({ claim: { id } }: Situation, act: string): string => `/v1/receivables/${id}/${act}`;
export const confirmed = ({ claim }: Situation) => when(claim.status !== 'CONFIRMED', 'RECEIVABLE_NOT_CONFIRMED');
export const isSupplier = (member: string): member is Supplier => member === 'supplier-1' || member === 'supplier-2';
