import type { DecodedLog } from '../chain/index.js';
import type { CopyType } from './copy-rows.js';

export const EVENT_COLUMNS = {
  block: 'int8',
  log_index: 'int4',
  block_time: 'int8',
  tx: 'bytea',
  contract: 'text',
  name: 'text',
  args: 'json',
  object: 'bytea',
} satisfies Record<string, CopyType>;

/** An event as a row of {@link EVENT_COLUMNS}. */
export function eventRow({ event, block, blockTime, logIndex, tx, object }: DecodedLog): unknown[] {
  return [block, logIndex, blockTime, tx, event.contract, event.name, event.args, object];
}
