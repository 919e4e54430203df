import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { OrderType } from '../domain/order-type.js';
import type { OrderStatus } from '../domain/order-status.js';

/** An order as the chain has it. Times are block times in seconds. */
export interface ChainOrder {
  readonly id: Hex;
  readonly buyer: number;
  readonly supplier: number;
  readonly status: OrderStatus;
  readonly version: number;
  readonly cover_version: number;
  /** Of the current version. */
  readonly commitment: Hex;
  /** Of version 1: part of the id. */
  readonly first_commitment: Hex;
  readonly tag: Hex;
  /** Commitment to the reason for which it was rejected. */
  readonly rejection: Hex | null;
  readonly expiry: number;
  /** Member that wants to cancel or complete it and awaits the other side's word. */
  readonly cancel_proposed_by: number | null;
  readonly complete_proposed_by: number | null;
  /** Version whose change awaits an answer. */
  readonly pending_version: number | null;
  readonly encumbered: boolean;
  readonly encumbered_descendants: number;
  /** Of the fulfilment log: its hash chain's head, zero while it is empty, and how many entries it has. */
  readonly head: Hex;
  readonly entries: number;
  readonly posted_block: number;
  readonly posted_log: number;
  /** Index in its batch up to 2^31 - 1, which sorts lists; 0 for one posted alone. */
  readonly posted_position: number;
  readonly posted_at: number;
  readonly changed_block: number;
  readonly changed_at: number;
  /** Root of the batch that it was posted in, null for one posted alone. */
  readonly batch_root: Hex | null;
  readonly type: OrderType;
  /** Framework contract that it calls off. */
  readonly framework: Hex | null;
}

export const chainOrders = defineChainTable<ChainOrder>({
  name: 'chain_orders',
  key: ['id'],
  columns: {
    id: 'bytea',
    buyer: 'int8',
    supplier: 'int8',
    status: 'text',
    version: 'int8',
    cover_version: 'int8',
    commitment: 'bytea',
    first_commitment: 'bytea',
    tag: 'bytea',
    rejection: 'bytea',
    expiry: 'int8',
    cancel_proposed_by: 'int8',
    complete_proposed_by: 'int8',
    pending_version: 'int8',
    encumbered: 'bool',
    encumbered_descendants: 'int8',
    head: 'bytea',
    entries: 'int8',
    posted_block: 'int8',
    posted_log: 'int4',
    posted_position: 'int4',
    posted_at: 'int8',
    changed_block: 'int8',
    changed_at: 'int8',
    batch_root: 'bytea',
    type: 'text',
    framework: 'bytea',
  },
});
