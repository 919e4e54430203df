import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Under which node key each data key is wrapped; and documents whose data key was destroyed, with the record of it. */
export class VaultKeys1795700000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE documents
        ADD COLUMN node_key text,
        ADD COLUMN erased_at timestamptz,
        ALTER COLUMN wrapped_key DROP NOT NULL,
        ALTER COLUMN payload DROP NOT NULL,
        ADD CHECK ((erased_at IS NULL) = (wrapped_key IS NOT NULL) AND (wrapped_key IS NULL) = (payload IS NULL));
      CREATE INDEX documents_node_key ON documents (node_key);

      CREATE TABLE erasures (
        id uuid PRIMARY KEY,
        object bytea NOT NULL,
        on_order boolean NOT NULL,
        documents bytea[] NOT NULL,
        reason text NOT NULL,
        erased_at int8 NOT NULL,
        block int8 NOT NULL,
        account bytea NOT NULL,
        signature bytea NOT NULL
      );
      COMMENT ON COLUMN documents.node_key IS 'null: the vault secret of the key file, before there were ids';
      COMMENT ON COLUMN erasures.erased_at IS 'block time, seconds';
      CREATE INDEX erasures_object ON erasures (object);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE erasures;
      DROP INDEX documents_node_key;
      DELETE FROM documents WHERE erased_at IS NOT NULL;
      ALTER TABLE documents
        DROP COLUMN erased_at, DROP COLUMN node_key,
        ALTER COLUMN wrapped_key SET NOT NULL, ALTER COLUMN payload SET NOT NULL;
    `);
  }
}
