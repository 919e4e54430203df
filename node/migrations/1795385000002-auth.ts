import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys: SHA-256 of the secret only. A revoked key's row stays, so that its id means the same for ever. */
export class Auth1795385000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE auth_api_keys (
        id text PRIMARY KEY,
        name text NOT NULL,
        secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
        roles text[] NOT NULL CHECK (cardinality(roles) > 0),
        created_by text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_by text,
        revoked_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE auth_api_keys`);
  }
}
