import { type ColumnType, defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceKind, EncumbranceState } from '../domain/states.js';
import type { EventPlace } from './event-place.js';

/** How a reservation or encumbrance ended. One whose `disburse_by` passed is over too, though nothing says LAPSED yet. */
export type EncumbranceEnd = 'LAPSED' | 'DROPPED' | 'RELEASED';

/** One reservation of one object for one lender, and what became of it. */
export interface ChainEncumbrance {
  /** A receivable or an order. */
  readonly object: Hex;
  readonly on_order: boolean;
  /** One-time account of the lender. */
  readonly lender: Hex;
  readonly kind: EncumbranceKind;
  /** NONE once it ended. */
  readonly state: EncumbranceState;
  /** Commitment to the offer's terms. */
  readonly terms: Hex;
  /** Block time in seconds, the last at which the lender can disburse. */
  readonly disburse_by: number;
  readonly cover_version: number;
  readonly payment_reference: Hex | null;
  readonly notice: Hex | null;
  readonly ending: EncumbranceEnd | null;
  readonly release_reason: Hex | null;
  readonly reserved_block: number;
  readonly reserved_log: number;
  readonly reserved: EventPlace;
  readonly disbursed: EventPlace | null;
  readonly notified: EventPlace | null;
  readonly acknowledged: EventPlace | null;
  readonly ended: EventPlace | null;
}

const columns: Record<keyof ChainEncumbrance, ColumnType> = {
  object: 'bytea',
  on_order: 'bool',
  lender: 'bytea',
  kind: 'text',
  state: 'text',
  terms: 'bytea',
  disburse_by: 'int8',
  cover_version: 'int8',
  payment_reference: 'bytea',
  notice: 'bytea',
  ending: 'text',
  release_reason: 'bytea',
  reserved_block: 'int8',
  reserved_log: 'int4',
  reserved: 'jsonb',
  disbursed: 'jsonb',
  notified: 'jsonb',
  acknowledged: 'jsonb',
  ended: 'jsonb',
};

/** The last reservation of each object, running or over. */
export const chainEncumbrances = defineChainTable<ChainEncumbrance>({
  name: 'chain_encumbrances',
  key: ['object'],
  columns,
});

/**
 * Those before the last. Apart, because events after the reservation name only the object: a projection can find the row
 * that they change only where an object has one.
 */
export const chainPastEncumbrances = defineChainTable<ChainEncumbrance>({
  name: 'chain_past_encumbrances',
  key: ['object', 'reserved_block', 'reserved_log'],
  columns,
});
