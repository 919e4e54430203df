import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Movements on this member's accounts that were taken as payments, so that none counts twice. */
export class BankEntries1795635000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bank_entries (
        key bytea PRIMARY KEY,
        receivable bytea NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON COLUMN bank_entries.key IS 'hash of account, direction and the bank''s own reference';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bank_entries');
  }
}
