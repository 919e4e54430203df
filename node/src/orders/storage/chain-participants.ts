import { defineChainTable } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';

/** What a side of an order has appointed a third member for; neither side takes away what the other gave. */
export interface ChainParticipant {
  readonly order_id: Hex;
  readonly member: number;
  readonly appointed_by: number;
  /** Bit mask, bit k for kind k; 0 once the appointment is ended. */
  readonly kinds: number;
  /** Last second of the appointment. */
  readonly until: number;
  readonly block: number;
  readonly at: number;
}

export const chainParticipants = defineChainTable<ChainParticipant>({
  name: 'chain_participants',
  key: ['order_id', 'member', 'appointed_by'],
  columns: {
    order_id: 'bytea',
    member: 'int8',
    appointed_by: 'int8',
    kinds: 'int4',
    until: 'int8',
    block: 'int8',
    at: 'int8',
  },
});
