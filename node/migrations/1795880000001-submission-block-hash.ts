import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which block of that number a submission's end was read of: an endpoint may have shown one that the chain never kept. */
export class SubmissionBlockHash1795880000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE submissions ADD COLUMN block_hash bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE submissions DROP COLUMN block_hash');
  }
}
