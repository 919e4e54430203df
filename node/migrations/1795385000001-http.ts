import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keyed requests and their final answers; kept 30 days. */
export class Http1795385000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE http_idempotency (
        credential text NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        fingerprint bytea NOT NULL,
        resource text,
        submission text,
        status int2,
        body bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (credential, route, key),
        CHECK ((status IS NULL) = (body IS NULL)),
        CHECK (status IS NOT NULL OR submission IS NOT NULL)
      )`);
    await runner.query(`CREATE INDEX http_idempotency_age ON http_idempotency USING brin (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE http_idempotency`);
  }
}
