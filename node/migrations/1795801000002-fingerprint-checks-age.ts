import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the fingerprint checks that need not be kept any longer. */
export class FingerprintChecksAge1795801000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX fingerprint_checks_age ON fingerprint_checks (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX fingerprint_checks_age');
  }
}
