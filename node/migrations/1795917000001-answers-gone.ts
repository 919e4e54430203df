import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased or shown no more a moment ago: an answer that was made before, and is kept after, goes too. */
export class AnswersGone1795917000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE http_forgotten (id bytea PRIMARY KEY, at timestamptz NOT NULL, unit xid8 NOT NULL);
      COMMENT ON COLUMN http_forgotten.unit IS 'transaction that forgot it: its own answer says so, and is kept';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE http_forgotten');
  }
}
