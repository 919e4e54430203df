import { Injectable } from '@nestjs/common';
import { Lookup, statement, UnitOfWork } from '../../database/index.js';
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
  private readonly entries = {
    payments: this.entriesOf(chainPayments),
    creditNotes: this.entriesOf(chainCreditNotes),
    disputes: this.entriesOf(chainDisputes),
    statements: this.entriesOf(chainStatements),
  };

  constructor(private readonly unitOfWork: UnitOfWork) {}

  payments(receivables: readonly Hex[]): Promise<readonly ChainPayment[]> {
    return this.entries.payments.of(receivables);
  }

  creditNotes(receivables: readonly Hex[]): Promise<readonly ChainCreditNote[]> {
    return this.entries.creditNotes.of(receivables);
  }

  disputes(receivables: readonly Hex[]): Promise<readonly ChainDispute[]> {
    return this.entries.disputes.of(receivables);
  }

  statements(receivables: readonly Hex[]): Promise<readonly ChainStatement[]> {
    return this.entries.statements.of(receivables);
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

  private entriesOf<Row extends { readonly receivable: Hex }>(table: ChainTable<Row>): Lookup<Hex, Row> {
    const columns = Object.keys(table.columns).join(', ');
    const sql = statement(`SELECT ${columns} FROM ${table.name} WHERE receivable = ANY($1) ORDER BY receivable, entry`);
    return new Lookup(
      async (receivables) => readRows(table, await this.unitOfWork.read(sql, [receivables.map(toBytes)])),
      ({ receivable }) => receivable,
    );
  }
}
