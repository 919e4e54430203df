import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kept answers are encrypted from now on; older ones stay as they are for their 30 days. */
export class SealedAnswers1795390600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE http_idempotency ADD COLUMN sealed boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM http_idempotency WHERE sealed');
    await runner.query('ALTER TABLE http_idempotency DROP COLUMN sealed');
  }
}
