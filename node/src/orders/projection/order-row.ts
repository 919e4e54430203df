import { type RowStore, touch, type TouchedKey } from '../../indexer/index.js';
import type { ContractEvent, EventRecord } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { type ChainOrder, chainOrders } from '../storage/chain-orders.js';

type OfOrder = EventRecord<ContractEvent & { readonly args: { readonly order: Hex } }>;

/** The row of the order that an event is about. */
export function touchOrder(record: OfOrder): TouchedKey[] {
  return [touch(chainOrders, { id: record.event.args.order })];
}

/** Changes that row and notes the event's block and time in it. */
export function patchOrder(record: OfOrder, rows: RowStore, change: Partial<ChainOrder>): ChainOrder {
  const { block, blockTime, event } = record;
  return rows.patch(chainOrders, { id: event.args.order }, { ...change, changed_block: block, changed_at: blockTime });
}
