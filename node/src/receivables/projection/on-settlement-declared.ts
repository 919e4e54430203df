import { defineProjection, touch } from '../../indexer/index.js';
import { chainReceivables } from '../storage/chain-receivables.js';
import { appendEntry } from './append-entry.js';

/** `ReceivableSettled` follows it and says the rest. */
export const onSettlementDeclared = defineProjection({
  event: 'SettlementDeclared',
  touches: ({ event }) => [touch(chainReceivables, { id: event.args.receivable })],
  apply(record, rows) {
    const { receivable, head, coverVersion } = record.event.args;
    appendEntry(rows, receivable, head, { cover_version: coverVersion });
  },
});
