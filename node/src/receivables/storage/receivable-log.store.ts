import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type ChainTable, readRows } from '../../indexer/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { type ChainCreditNote, chainCreditNotes } from './chain-credit-notes.js';
import { type ChainDispute, chainDisputes } from './chain-disputes.js';
import { type ChainPayment, chainPayments } from './chain-payments.js';
import { type ChainReceivable, chainReceivables } from './chain-receivables.js';
import { type ChainStatement, chainStatements } from './chain-statements.js';

/** What was said of receivables after their confirmation, each in the order of their logs. */
@Injectable()
export class ReceivableLogStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  payments(receivables: readonly Hex[]): Promise<ChainPayment[]> {
    return this.entries(chainPayments, receivables);
  }

  creditNotes(receivables: readonly Hex[]): Promise<ChainCreditNote[]> {
    return this.entries(chainCreditNotes, receivables);
  }

  disputes(receivables: readonly Hex[]): Promise<ChainDispute[]> {
    return this.entries(chainDisputes, receivables);
  }

  statements(receivables: readonly Hex[]): Promise<ChainStatement[]> {
    return this.entries(chainStatements, receivables);
  }

  /** Parts of receivables that were split, each parent's in the order of the split. */
  async parts(parents: readonly Hex[]): Promise<ChainReceivable[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      'SELECT * FROM chain_receivables WHERE parent = ANY($1) ORDER BY parent, part',
      [parents.map(toBytes)],
    );
    return readRows(chainReceivables, rows);
  }

  /** The receivable of which an entry with this commitment was said. */
  async receivableOf(
    table: 'chain_payments' | 'chain_credit_notes' | 'chain_disputes' | 'chain_statements',
    commitment: Hex,
  ): Promise<Hex | undefined> {
    const [row] = await this.unitOfWork.manager.query<{ receivable: Buffer }[]>(
      `SELECT receivable FROM ${table} WHERE commitment = $1`,
      [toBytes(commitment)],
    );
    return row && toHex(row.receivable);
  }

  private async entries<Row>(table: ChainTable<Row>, receivables: readonly Hex[]): Promise<Row[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      `SELECT * FROM ${table.name} WHERE receivable = ANY($1) ORDER BY receivable, entry`,
      [receivables.map(toBytes)],
    );
    return readRows(table, rows);
  }
}
