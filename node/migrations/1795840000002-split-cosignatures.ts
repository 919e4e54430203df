import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The obligor's own consent to a split that it signed, so that it can be made unusable should the chain refuse the split. */
export class SplitCosignatures1795840000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE receivable_splits ADD COLUMN cosignature jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE receivable_splits DROP COLUMN cosignature');
  }
}
