import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the obligor of a financed receivable undertook to pay, as its lender knew it. */
export class FinancedClaims1795820000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE financings ADD COLUMN claim text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE financings DROP COLUMN claim');
  }
}
