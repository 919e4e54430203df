import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the pages of what is kept for years: records of erasures, and credit files. */
export class RecordsByTime1795900200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX erasures_list ON erasures (erased_at DESC, id DESC);
      CREATE INDEX credit_files_list ON credit_files (sealed_at DESC, grant_id DESC);
      CREATE INDEX credit_files_last ON credit_files (grant_id, sealed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX erasures_list, credit_files_list, credit_files_last');
  }
}
