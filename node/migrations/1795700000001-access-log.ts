import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The access log: who saw which fields of what. Like the audit log it takes rows, seals each once, and refuses every
 * other change. `looks_to_report` holds those of which owners have not been told yet.
 */
export class AccessLog1795700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_log (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
        block bigint NOT NULL,
        viewer text NOT NULL,
        reader text,
        object bytea NOT NULL,
        root bytea,
        fields text NOT NULL,
        grant_id bytea,
        purpose text,
        outcome text NOT NULL,
        reason text,
        seen_at text,
        envelope text,
        request_id text,
        position bigint UNIQUE,
        hash bytea CHECK (length(hash) = 32),
        CHECK ((position IS NULL) = (hash IS NULL))
      )`);
    await runner.query(`CREATE INDEX access_log_unsealed ON access_log (id) WHERE position IS NULL`);
    await runner.query(`CREATE INDEX access_log_object ON access_log (object, id)`);
    await runner.query(`CREATE INDEX access_log_grant ON access_log (grant_id, id)`);
    await runner.query(`
      CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log
      FOR EACH ROW EXECUTE FUNCTION audit_log_append_only()`);
    await runner.query(`
      CREATE TRIGGER access_log_no_truncate BEFORE TRUNCATE ON access_log
      FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()`);
    await runner.query(`CREATE TABLE looks_to_report (id bigint PRIMARY KEY)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE looks_to_report, access_log');
  }
}
