import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Heads of the access log that were sent to be anchored on chain, each with the salt that opens its root. */
export class AccessLogAnchors1795700000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_log_anchors (
        place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        position bigint NOT NULL,
        hash bytea NOT NULL,
        salt bytea NOT NULL,
        root bytea NOT NULL,
        submission text NOT NULL,
        sent_at int8 NOT NULL
      );
      COMMENT ON COLUMN access_log_anchors.sent_at IS 'block time, seconds';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access_log_anchors');
  }
}
