import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the index was when a submission was signed: events of its transaction are looked for from there on, not in all blocks. */
export class SubmissionSinceBlock1795900260001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE submissions ADD COLUMN since_block int8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE submissions DROP COLUMN since_block');
  }
}
