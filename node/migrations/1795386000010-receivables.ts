import type { MigrationInterface, QueryRunner } from 'typeorm';

const ENCUMBRANCE_COLUMNS = `
  object bytea NOT NULL,
  on_order boolean NOT NULL,
  lender bytea NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  terms bytea NOT NULL,
  disburse_by bigint NOT NULL,
  cover_version bigint NOT NULL,
  payment_reference bytea,
  notice bytea,
  ending text,
  release_reason bytea,
  reserved_block bigint NOT NULL,
  reserved_log integer NOT NULL,
  reserved jsonb NOT NULL,
  disbursed jsonb,
  notified jsonb,
  acknowledged jsonb,
  ended jsonb`;

/** Receivables as the chain has them, and what this member knows of the documents and signatures behind them. */
export class Receivables1795386000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_receivables (
        id bytea PRIMARY KEY,
        obligor bigint NOT NULL,
        supplier bigint NOT NULL,
        holder bytea NOT NULL,
        status text NOT NULL,
        commitment bytea NOT NULL,
        confirmation bytea,
        scope integer,
        cover_version bigint NOT NULL,
        head bytea NOT NULL,
        entries bigint NOT NULL,
        open_disputes bigint NOT NULL,
        successor bytea,
        issued_block bigint NOT NULL,
        issued_log integer NOT NULL,
        issued jsonb NOT NULL,
        confirmed jsonb,
        ended jsonb
      );
      CREATE INDEX chain_receivables_issued ON chain_receivables (issued_block, issued_log);
      CREATE INDEX chain_receivables_obligor ON chain_receivables (obligor, issued_block, issued_log);
      CREATE INDEX chain_receivables_supplier ON chain_receivables (supplier, issued_block, issued_log);

      CREATE TABLE chain_receivable_orders (
        receivable bytea NOT NULL,
        order_id bytea NOT NULL,
        place integer NOT NULL,
        PRIMARY KEY (receivable, order_id)
      );
      CREATE INDEX chain_receivable_orders_order ON chain_receivable_orders (order_id);

      CREATE TABLE chain_encumbrances (${ENCUMBRANCE_COLUMNS}, PRIMARY KEY (object));
      CREATE TABLE chain_past_encumbrances (${ENCUMBRANCE_COLUMNS}, PRIMARY KEY (object, reserved_block, reserved_log));

      CREATE TABLE chain_payments (
        receivable bytea NOT NULL,
        entry bigint NOT NULL,
        commitment bytea NOT NULL,
        settles boolean NOT NULL,
        claimed jsonb NOT NULL,
        acknowledged jsonb,
        PRIMARY KEY (receivable, entry)
      );
      CREATE TABLE chain_credit_notes (
        receivable bytea NOT NULL,
        entry bigint NOT NULL,
        commitment bytea NOT NULL,
        issued jsonb NOT NULL,
        PRIMARY KEY (receivable, entry)
      );
      CREATE TABLE chain_disputes (
        receivable bytea NOT NULL,
        entry bigint NOT NULL,
        commitment bytea NOT NULL,
        opened jsonb NOT NULL,
        resolution bytea,
        resolved jsonb,
        PRIMARY KEY (receivable, entry)
      );

      CREATE TABLE chain_fingerprints (
        receivable bytea NOT NULL,
        fingerprint bytea NOT NULL,
        obligor bigint NOT NULL,
        place integer NOT NULL,
        PRIMARY KEY (receivable, fingerprint)
      );
      CREATE INDEX chain_fingerprints_obligor ON chain_fingerprints (obligor, fingerprint);
      CREATE TABLE chain_order_tags (
        buyer bigint NOT NULL,
        tag bytea NOT NULL,
        order_id bytea NOT NULL,
        PRIMARY KEY (buyer, tag)
      );

      CREATE TABLE receivable_documents (
        receivable bytea PRIMARY KEY,
        root bytea NOT NULL,
        counterparty bigint NOT NULL,
        number text NOT NULL,
        number_key text NOT NULL,
        issue_date text NOT NULL,
        due_date text NOT NULL,
        currency text NOT NULL,
        amount text NOT NULL,
        invoice_amount text NOT NULL,
        instalment integer NOT NULL,
        instalments integer NOT NULL,
        issuer text NOT NULL,
        obligor text NOT NULL,
        submission_id uuid
      );
      CREATE INDEX receivable_documents_number ON receivable_documents (number_key, issue_date);

      CREATE TABLE receivable_fingerprints (
        receivable bytea PRIMARY KEY,
        fingerprints jsonb NOT NULL
      );
      CREATE TABLE receivable_notices (
        receivable bytea NOT NULL,
        lender bigint NOT NULL,
        account bytea NOT NULL,
        root bytea NOT NULL,
        PRIMARY KEY (receivable, account)
      );
      CREATE TABLE receivable_void_consents (
        receivable bytea PRIMARY KEY,
        successor bytea NOT NULL,
        consent jsonb NOT NULL
      );
      CREATE TABLE order_tags (
        order_id bytea PRIMARY KEY,
        account bytea NOT NULL,
        signature bytea NOT NULL,
        tags jsonb NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE order_tags, receivable_void_consents, receivable_notices, receivable_fingerprints,
        receivable_documents, chain_order_tags, chain_fingerprints, chain_disputes, chain_credit_notes, chain_payments,
        chain_past_encumbrances, chain_encumbrances, chain_receivable_orders, chain_receivables
    `);
  }
}
