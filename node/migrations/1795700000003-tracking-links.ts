import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links by which end customers follow an order: of each token the hash alone. */
export class TrackingLinks1795700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tracking_links (
        id text PRIMARY KEY,
        order_id bytea NOT NULL,
        secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
        until_at bigint NOT NULL,
        made_by text NOT NULL,
        made_at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        revoked_at timestamptz(3)
      );
      CREATE INDEX tracking_links_order ON tracking_links (order_id, made_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tracking_links');
  }
}
