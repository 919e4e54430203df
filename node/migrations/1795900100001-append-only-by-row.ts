import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of logs are compared byte by byte when they are sealed. As jsonb that took as long as to write the row and its indexes. */
export class AppendOnlyByRow1795900100001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL THEN
          OLD.position := NEW.position;
          OLD.hash := NEW.hash;
          IF OLD *= NEW THEN
            RETURN NEW;
          END IF;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only';
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL
           AND to_jsonb(OLD) - 'position' - 'hash' = to_jsonb(NEW) - 'position' - 'hash' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only';
      END $$`);
  }
}
