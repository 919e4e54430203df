import type { DecodedLog } from '../chain/index.js';
import { copyField } from './column-text.js';

export const EVENT_COLUMNS = ['block', 'log_index', 'block_time', 'tx', 'contract', 'name', 'args', 'object'];

/** An event as a line of COPY for {@link EVENT_COLUMNS}. */
export function eventLine({ event, block, blockTime, logIndex, tx, object }: DecodedLog): string {
  const args = copyField(JSON.stringify(event.args));
  const owner = object === null ? '\\N' : `\\\\x${object.slice(2)}`;
  return `${block}\t${logIndex}\t${blockTime}\t\\\\x${tx.slice(2)}\t${event.contract}\t${event.name}\t${args}\t${owner}\n`;
}
