import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { EventPlace } from './event-place.js';

/** A payment that the obligor claims; it counts once the payee entitled has acknowledged it, unless it was withdrawn before. */
export interface ChainPayment {
  readonly receivable: Hex;
  /** Place of the claim in the receivable's log. */
  readonly entry: number;
  /** Of the payment's fields. */
  readonly commitment: Hex;
  readonly settles: boolean;
  readonly claimed: EventPlace;
  readonly acknowledged: EventPlace | null;
  readonly withdrawn: EventPlace | null;
}

/** Whether it waits for its acknowledgement still. */
export const isOpen = ({ acknowledged, withdrawn }: Pick<ChainPayment, 'acknowledged' | 'withdrawn'>): boolean =>
  acknowledged === null && withdrawn === null;

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
    withdrawn: 'jsonb',
  },
});
