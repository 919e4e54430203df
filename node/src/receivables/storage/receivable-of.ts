import type { Hex } from '../../kernel/hex.js';
import type { Receivable } from '../domain/receivable.js';
import type { ChainReceivable } from './chain-receivables.js';
import { refOf } from './event-place.js';

/** The receivable that a row of chain_receivables tells of, with its orders. */
export function receivableOf(row: ChainReceivable, orders: readonly Hex[]): Receivable {
  const { id, obligor, supplier, holder, status, commitment, confirmation, scope, head, entries, successor } = row;
  return {
    ...{ id, obligor, supplier, holder, status, commitment, confirmation, scope, head, entries, successor, orders },
    coverVersion: row.cover_version,
    openDisputes: row.open_disputes,
    issued: refOf('ReceivableIssued', id, row.issued),
    confirmed: refOf('ReceivableConfirmed', id, row.confirmed),
    ended: refOf(status === 'VOID' ? 'ReceivableVoided' : 'ReceivableSettled', id, row.ended),
  };
}
