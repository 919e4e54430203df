import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came to this member of documents that it is not to have in full, by right and not under a grant. */
export class Excerpts1795915000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE excerpts (
        root bytea PRIMARY KEY,
        object bytea NOT NULL,
        kind text NOT NULL,
        node_key text,
        wrapped_key bytea,
        payload bytea
      );
      CREATE INDEX excerpts_object ON excerpts (object);
      CREATE INDEX excerpts_node_key ON excerpts (node_key);
      COMMENT ON TABLE excerpts IS 'parts of documents that others have in full; wrapped_key is null once erased';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE excerpts');
  }
}
