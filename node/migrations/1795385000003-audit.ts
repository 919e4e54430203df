import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log. Rows come in with their act's transaction; `position` and `hash` are added once, in order, by whoever
 * seals. A trigger refuses every other change, so that a slip in code cannot rewrite history; the chain of hashes shows
 * a change made past it.
 */
export class Audit1795385000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL,
        action text NOT NULL,
        object text,
        outcome text NOT NULL,
        request_id text,
        facts text,
        position bigint UNIQUE,
        hash bytea CHECK (length(hash) = 32),
        CHECK ((position IS NULL) = (hash IS NULL))
      )`);
    await runner.query(`CREATE INDEX audit_log_unsealed ON audit_log (id) WHERE position IS NULL`);
    await runner.query(`
      CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.position IS NULL
           AND to_jsonb(OLD) - 'position' - 'hash' = to_jsonb(NEW) - 'position' - 'hash' THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the audit log is append-only';
      END $$`);
    await runner.query(`
      CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
      FOR EACH ROW EXECUTE FUNCTION audit_log_append_only()`);
    await runner.query(`
      CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON audit_log
      FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE audit_log`);
    await runner.query(`DROP FUNCTION audit_log_append_only`);
  }
}
