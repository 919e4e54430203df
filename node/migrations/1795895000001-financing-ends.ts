import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the grants of financings are to be looked at: so that those that run on cost nothing meanwhile. */
export class FinancingEnds1795895000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE financings ADD COLUMN may_end_at bigint DEFAULT 0;
      COMMENT ON COLUMN financings.may_end_at IS 'block time from which it may be over without a word on chain; null once its grant has ended';
      UPDATE financings f SET may_end_at = NULL
        WHERE EXISTS (SELECT FROM grants g WHERE g.financing = f.id AND g.revocation IS NOT NULL);
      CREATE INDEX financings_may_end ON financings (may_end_at) WHERE side = 'HOLDER' AND may_end_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX financings_may_end; ALTER TABLE financings DROP COLUMN may_end_at');
  }
}
