import type { EventName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import { marksOf, type ReceivableStatus } from '../domain/states.js';
import type { ChainReceivable } from './chain-receivables.js';
import { refOf } from './event-place.js';

const ENDS: Partial<Record<ReceivableStatus, EventName>> = {
  SPLIT: 'ReceivableSplit',
  WRITTEN_OFF: 'ReceivableWrittenOff',
  VOID: 'ReceivableVoided',
};

/** The receivable that a row of chain_receivables tells of, with its orders. */
export function receivableOf(row: ChainReceivable, orders: readonly Hex[]): Receivable {
  const { id, obligor, supplier, holder, status, commitment, confirmation, scope, head, entries, successor } = row;
  return {
    ...{ id, obligor, supplier, holder, status, commitment, confirmation, scope, head, entries, successor, orders },
    coverVersion: row.cover_version,
    openDisputes: row.open_disputes,
    marks: marksOf(row.marks),
    ...{ instalment: row.instalment, instalments: row.instalments, parent: row.parent, part: row.part },
    issued: refOf('ReceivableIssued', id, row.issued),
    confirmed: refOf(row.parent ? 'PartConfirmed' : 'ReceivableConfirmed', id, row.confirmed),
    ended: refOf(ENDS[status] ?? 'ReceivableSettled', id, row.ended),
  };
}
