import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What kept answers show, so that they go with what is erased, and with the grants under which it was shown. */
export class AnswersAbout1795915000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE http_idempotency
        ADD COLUMN about bytea[] NOT NULL DEFAULT '{}',
        DROP CONSTRAINT http_idempotency_check,
        ADD CHECK (body IS NULL OR status IS NOT NULL);
      CREATE INDEX http_idempotency_about ON http_idempotency USING gin (about) WHERE body IS NOT NULL;
      COMMENT ON COLUMN http_idempotency.about IS 'ids of 32 bytes that the request or its answer names, and grants under which something of it was shown';
      COMMENT ON COLUMN http_idempotency.body IS 'null beside a status: the answer was taken away';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Of what was taken away nothing is left to answer with.
    await runner.query(`
      DELETE FROM http_idempotency WHERE status IS NOT NULL AND body IS NULL;
      DROP INDEX http_idempotency_about;
      ALTER TABLE http_idempotency
        DROP COLUMN about,
        DROP CONSTRAINT http_idempotency_check,
        ADD CHECK ((status IS NULL) = (body IS NULL));
    `);
  }
}
