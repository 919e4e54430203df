import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The vault: documents encrypted under keys of their own, found by what commits to them or belongs to. */
export class Documents1795384000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE documents (
        root bytea PRIMARY KEY,
        object bytea NOT NULL,
        kind text NOT NULL,
        version int8 NOT NULL,
        wrapped_key bytea NOT NULL,
        payload bytea NOT NULL,
        place int8 GENERATED ALWAYS AS IDENTITY,
        stored_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX documents_object ON documents (object, kind, version, place);
      ALTER TABLE documents ALTER COLUMN payload SET STORAGE EXTERNAL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE documents');
  }
}
