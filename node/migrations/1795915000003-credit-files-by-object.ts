import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With the last credit file of something go the signatures by which it was checked. */
export class CreditFilesByObject1795915000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX credit_files_object ON credit_files (object)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX credit_files_object');
  }
}
