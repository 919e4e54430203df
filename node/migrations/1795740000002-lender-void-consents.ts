import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents of lenders with a claim on an order that a receivable born from it be voided. */
export class LenderVoidConsents1795740000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE receivable_lender_void_consents (
        receivable bytea,
        object bytea,
        successor bytea NOT NULL,
        consent jsonb NOT NULL,
        PRIMARY KEY (receivable, object)
      );
      ALTER TABLE receivable_void_consents ADD COLUMN lenders jsonb NOT NULL DEFAULT '[]';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE receivable_void_consents DROP COLUMN lenders;
      DROP TABLE receivable_lender_void_consents;
    `);
  }
}
