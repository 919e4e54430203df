import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type ChainTable, readRows } from '../../indexer/index.js';
import { type Hex, toBytes } from '../../kernel/hex.js';
import { type ChainCreditNote, chainCreditNotes } from './chain-credit-notes.js';
import { type ChainDispute, chainDisputes } from './chain-disputes.js';
import { type ChainPayment, chainPayments } from './chain-payments.js';

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

  private async entries<Row>(table: ChainTable<Row>, receivables: readonly Hex[]): Promise<Row[]> {
    const rows = await this.unitOfWork.manager.query<Record<string, unknown>[]>(
      `SELECT * FROM ${table.name} WHERE receivable = ANY($1) ORDER BY receivable, entry`,
      [receivables.map(toBytes)],
    );
    return readRows(table, rows);
  }
}
