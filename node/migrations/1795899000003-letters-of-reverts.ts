import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Letters that were dropped with their submission and have their content still: it may be included after all. */
export class LettersOfReverts1795899000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX exchange_outbox_revivable ON exchange_outbox (after_submission) WHERE status = 'DROPPED' AND body IS NOT NULL
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX exchange_outbox_revivable;
      UPDATE exchange_outbox SET body = NULL WHERE status = 'DROPPED';
    `);
  }
}
