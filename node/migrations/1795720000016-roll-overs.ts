import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Financings of receivables that take the place of their order's. */
export class RollOvers1795720000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE financings ADD COLUMN rolls_over bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE financings DROP COLUMN rolls_over');
  }
}
