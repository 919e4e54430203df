import { Injectable } from '@nestjs/common';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { SplitStore } from './split.store.js';

/** What lists, searches and fingerprints need of the invoice behind a receivable; the whole is in the vault. */
export interface ReceivableDocumentFacts {
  readonly receivable: Hex;
  readonly root: Hex;
  /** Member on the other side: the obligor at its supplier's node, the supplier at its obligor's. */
  readonly counterparty: number;
  readonly number: string;
  readonly numberKey: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly currency: string;
  /** Payable by this receivable, and by the whole invoice. */
  readonly amount: string;
  readonly invoiceAmount: string;
  /** 0-based place among the invoice's due dates, and how many those are. */
  readonly instalment: number;
  readonly instalments: number;
  /** Legal entities `scheme:id`. */
  readonly issuer: string;
  readonly obligor: string;
  /** Of its issue, at its supplier's node. */
  readonly submission: string | null;
}

type Row = Record<string, string | number | Buffer | null>;

/** Facts of the invoices that this node has issued, or received and verified. */
@Injectable()
export class ReceivableDocuments {
  private readonly facts = new Lookup<Hex, ReceivableDocumentFacts>(
    (receivables) =>
      this.select('SELECT * FROM receivable_documents WHERE receivable = ANY($1)', [receivables.map(toBytes)]),
    ({ receivable }) => receivable,
  );
  private readonly ofInvoices = new Lookup<string, ReceivableDocumentFacts>((keys) => {
    const invoices = keys.map((key) => JSON.parse(key) as [number, string, string]);
    return this.select(
      `SELECT d.* FROM unnest($1::int8[], $2::text[], $3::text[]) AS invoice (counterparty, number_key, issue_date)
         JOIN receivable_documents d USING (counterparty, number_key, issue_date) ORDER BY d.instalment`,
      [0, 1, 2].map((i) => invoices.map((invoice) => invoice[i])),
    );
  }, invoiceKey);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly splits: SplitStore,
  ) {}

  /** Adds one unless it is there, within the current unit of work. */
  async add(facts: ReceivableDocumentFacts): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_documents (receivable, root, counterparty, number, number_key, issue_date, due_date, currency,
         amount, invoice_amount, instalment, instalments, issuer, obligor, submission_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING`,
      [
        ...[toBytes(facts.receivable), toBytes(facts.root), facts.counterparty, facts.number, facts.numberKey],
        ...[facts.issueDate, facts.dueDate, facts.currency, facts.amount, facts.invoiceAmount],
        ...[facts.instalment, facts.instalments, facts.issuer, facts.obligor, facts.submission],
      ],
    );
  }

  /** Until the current unit of work ends, others who lock this number wait. */
  async lockNumber(numberKey: string): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('invoice/' || $1, 0))`, [
      numberKey,
    ]);
  }

  /** Deletes what is kept in the clear of a receivable's invoice, or of the terms of what it was split into, or out of. */
  async forget(receivable: Hex): Promise<void> {
    await this.splits.forget(receivable);
    await this.unitOfWork.manager.query('DELETE FROM receivable_documents WHERE receivable = $1', [
      toBytes(receivable),
    ]);
  }

  async find(receivable: Hex): Promise<ReceivableDocumentFacts | undefined> {
    return (await this.findMany([receivable])).get(receivable);
  }

  /** Those that are here, by receivable. */
  async findMany(receivables: readonly Hex[]): Promise<Map<Hex, ReceivableDocumentFacts>> {
    return new Map((await this.facts.of(receivables)).map((facts) => [facts.receivable, facts]));
  }

  /** Receivables over an invoice of this number and date, by instalment. */
  async ofInvoice(counterparty: number, numberKey: string, issueDate: string): Promise<ReceivableDocumentFacts[]> {
    return [...(await this.ofInvoices.of([invoiceKey({ counterparty, numberKey, issueDate })]))];
  }

  private async select(sql: string, values: unknown[]): Promise<ReceivableDocumentFacts[]> {
    return (await this.unitOfWork.manager.query<Row[]>(sql, values)).map(factsOf);
  }
}

type Invoice = Pick<ReceivableDocumentFacts, 'counterparty' | 'numberKey' | 'issueDate'>;
const invoiceKey = ({ counterparty, numberKey, issueDate }: Invoice): string =>
  JSON.stringify([counterparty, numberKey, issueDate]);

function factsOf(row: Row): ReceivableDocumentFacts {
  const text = (name: string): string => row[name] as string;
  return {
    receivable: toHex(row['receivable'] as Buffer),
    root: toHex(row['root'] as Buffer),
    counterparty: Number(row['counterparty']),
    number: text('number'),
    numberKey: text('number_key'),
    issueDate: text('issue_date'),
    dueDate: text('due_date'),
    currency: text('currency'),
    amount: text('amount'),
    invoiceAmount: text('invoice_amount'),
    instalment: row['instalment'] as number,
    instalments: row['instalments'] as number,
    issuer: text('issuer'),
    obligor: text('obligor'),
    submission: row['submission_id'] as string | null,
  };
}
