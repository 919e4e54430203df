import { type ColumnType, defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EncumbranceEnding } from '../domain/receivable.js';
import type { EncumbranceKind, EncumbranceState } from '../domain/states.js';
import type { EventPlace } from './event-place.js';

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
  /** A reservation whose `disburse_by` passed is over too, though nothing says LAPSED yet. */
  readonly ending: EncumbranceEnding | null;
  /** Commitment to why it was released, to the buy-back or to the write-off. */
  readonly release_reason: Hex | null;
  /** The receivable that an order's claim moved to. */
  readonly rolled_over_to: Hex | null;
  /** Commitments to the holder's word that the money did not come, the lender's call on recourse, the demand to release. */
  readonly contest: Hex | null;
  readonly recourse: Hex | null;
  readonly release_demand: Hex | null;
  /** Block time in seconds, after which a silent lender can be overruled. */
  readonly overrulable_from: number | null;
  readonly reserved_block: number;
  readonly reserved_log: number;
  readonly reserved: EventPlace;
  readonly disbursed: EventPlace | null;
  readonly notified: EventPlace | null;
  readonly acknowledged: EventPlace | null;
  readonly contested: EventPlace | null;
  readonly recourse_called: EventPlace | null;
  readonly release_demanded: EventPlace | null;
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
  rolled_over_to: 'bytea',
  contest: 'bytea',
  recourse: 'bytea',
  release_demand: 'bytea',
  overrulable_from: 'int8',
  reserved_block: 'int8',
  reserved_log: 'int4',
  reserved: 'jsonb',
  disbursed: 'jsonb',
  notified: 'jsonb',
  acknowledged: 'jsonb',
  contested: 'jsonb',
  recourse_called: 'jsonb',
  release_demanded: 'jsonb',
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
