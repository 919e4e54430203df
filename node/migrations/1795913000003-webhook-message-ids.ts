import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A restored database counts deliveries from an earlier number on: their ids are random, so that none is one that a receiver has had of
 * another event. Those written down before keep theirs, as do those that a process of the release before still writes down.
 */
export class WebhookMessageIds1795913000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_deliveries ADD COLUMN message_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE webhook_deliveries DROP COLUMN message_id');
  }
}
