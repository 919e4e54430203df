import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Under which node key the data keys of granted copies and credit files are wrapped; null for the first one. */
export class CopyKeys1795700000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['granted_copies', 'credit_files']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN node_key text`);
      await runner.query(`CREATE INDEX ${table}_node_key ON ${table} (node_key)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['granted_copies', 'credit_files'])
      await runner.query(`ALTER TABLE ${table} DROP COLUMN node_key`);
  }
}
