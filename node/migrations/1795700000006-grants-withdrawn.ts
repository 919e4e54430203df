import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Proposed grants that one of the two owners took back before they were on chain. */
export class GrantsWithdrawn1795700000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE grants ADD COLUMN withdrawn boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE grants DROP COLUMN withdrawn');
  }
}
