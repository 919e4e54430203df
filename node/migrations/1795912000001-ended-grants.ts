import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which grants have ended since a while ago is found without going through all. */
export class EndedGrants1795912000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX grants_until ON grants (until_at);
      CREATE INDEX chain_grants_revoked ON chain_grants (revoked_at) WHERE revoked_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX chain_grants_revoked, grants_until');
  }
}
