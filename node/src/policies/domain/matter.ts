import type { Hex } from '../../kernel/hex.js';

export const MATTER_KINDS = [
  'ORDER',
  'CHANGE',
  'DOCUMENTS',
  'INVOICE',
  'NOTICE',
  'PAYMENT',
  'DISPUTE',
  'SPLIT',
  'VOID_CONSENT',
  'OFFER',
] as const;

/** Something that lies before this member on an object, and that a command on the object takes up without naming it. */
export interface Matter {
  readonly what: (typeof MATTER_KINDS)[number];
  /** Root of its fields; a split's id; of VOID_CONSENT a hash over successor and lenders; of DOCUMENTS a hash over the ids of the orders that they are of. */
  readonly root: Hex;
  /** Of DOCUMENTS: how many. */
  readonly count?: number;
}
