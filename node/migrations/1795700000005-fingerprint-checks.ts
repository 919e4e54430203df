import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Advisory checks of fingerprints: those that this member asked its obligors for, and those that it answered. */
export class FingerprintChecks1795700000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fingerprint_checks (
        seq int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        side text NOT NULL CHECK (side IN ('ASKED', 'ANSWERED')),
        receivable bytea NOT NULL,
        member int4 NOT NULL,
        outcome text CHECK (outcome IN ('FREE', 'TAKEN', 'REFUSED')),
        code text,
        taken_orders bytea[] NOT NULL DEFAULT '{}',
        block int8,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        answered_at timestamptz
      );
      COMMENT ON COLUMN fingerprint_checks.member IS 'on the other side: the obligor of an asked one, else who asked';
      CREATE INDEX fingerprint_checks_asked ON fingerprint_checks (receivable, seq) WHERE side = 'ASKED';
      CREATE INDEX fingerprint_checks_answered ON fingerprint_checks (member, at) WHERE side = 'ANSWERED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fingerprint_checks');
  }
}
