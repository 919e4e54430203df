import { hashWords } from '../../kernel/abi-words.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { ENCUMBRANCE_KINDS, type EncumbranceKind } from './states.js';

/** Names of the acts that ReceivableRegistry asks consents for. */
export type ConsentAct =
  'RESERVE' | 'YIELD' | 'CHANGE' | 'VOID' | 'SETTLE' | 'ROLL_OVER' | 'SPLIT' | 'ACCEPT' | 'WRITE_OFF';

/** Submissions by which a holder lets a lender have a claim on a receivable. */
export const RESERVING_ACTS = ['agreeFinancing', 'rollOverFinancing'] as const;

/** What holder and lender agree on when they reserve. */
export interface ReservationTerms {
  /** One-time account of the lender. */
  readonly lender: Hex;
  readonly kind: EncumbranceKind;
  /** Block time in seconds, the last at which the lender can disburse. */
  readonly disburseBy: number;
  /** Commitment to the offer's terms. */
  readonly terms: Hex;
  /** EIP-712 struct hashes of the order tags of the object's lineage, in the orders' order. */
  readonly tagStructs: readonly Hex[];
}

/** The contract's number of a kind of encumbrance. */
export const encumbranceKindNumber = (kind: EncumbranceKind): number => ENCUMBRANCE_KINDS.indexOf(kind) + 1;

/** `details` of both consents to RESERVE. */
export function reserveDetails({ lender, kind, disburseBy, terms, tagStructs }: ReservationTerms): Hex {
  const tags = keccak256Hex(Buffer.concat(tagStructs.map(toBytes)));
  return hashWords(lender, encumbranceKindNumber(kind), disburseBy, terms, tags);
}

/** Stands for no successor. */
export const NO_SUCCESSOR: Hex = `0x${'00'.repeat(32)}`;

/** `details` of a holder's and a lender's consent to VOID; `successor` zero for none. */
export const voidDetails = (receivable: Hex, successor: Hex): Hex => hashWords(receivable, successor);

/** `details` of a lender's consent to CHANGE an order to a version whose fields have this root. */
export const changeDetails = (order: Hex, version: number, root: Hex): Hex => hashWords(order, version, root);
