import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EventPlace } from './event-place.js';

/** A payment that the obligor claims; it counts once the payee entitled has acknowledged it. */
export interface ChainPayment {
  readonly receivable: Hex;
  /** Place of the claim in the receivable's log. */
  readonly entry: number;
  /** Of the payment's fields. */
  readonly commitment: Hex;
  readonly settles: boolean;
  readonly claimed: EventPlace;
  readonly acknowledged: EventPlace | null;
}

export const chainPayments = defineChainTable<ChainPayment>({
  name: 'chain_payments',
  key: ['receivable', 'entry'],
  columns: {
    receivable: 'bytea',
    entry: 'int8',
    commitment: 'bytea',
    settles: 'bool',
    claimed: 'jsonb',
    acknowledged: 'jsonb',
  },
});
