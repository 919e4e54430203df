import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which transaction carries a split that this obligor signed. */
export class SignedSplits1795820000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE receivable_splits ADD COLUMN submission uuid;
      CREATE INDEX receivable_splits_signed ON receivable_splits (receivable) WHERE side = 'OBLIGOR' AND status = 'SIGNED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX receivable_splits_signed;
      ALTER TABLE receivable_splits DROP COLUMN submission;
    `);
  }
}
