import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which documents more is granted than any letter takes: their owner is told. */
export class GrantedOutTooLarge1795899650001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE granted_out ADD COLUMN too_large boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN granted_out.too_large IS 'no letter takes what is granted of it: the grantee is not shown it';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // What was not shown would count as shown.
    await runner.query(`
      DELETE FROM granted_out WHERE too_large;
      ALTER TABLE granted_out DROP COLUMN too_large;
    `);
  }
}
