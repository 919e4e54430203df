import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each block costs while the chain is followed: what it changed is kept as a row a table, not a row each, and whether members
 * changed is found without going through the blocks since, which PostgreSQL does as long as it knows nothing of a young table.
 */
export class Following1795900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE indexer_undo RENAME TO indexer_undo_rows;
      CREATE TABLE indexer_undo (
        block int8,
        table_name text,
        images json NOT NULL,
        PRIMARY KEY (block, table_name)
      );
      COMMENT ON TABLE indexer_undo IS 'rows of chain_* tables as they were before the block changed them: [{key, before}], no before for none';
      INSERT INTO indexer_undo
      SELECT block, table_name, json_agg(
        CASE WHEN before IS NULL THEN json_build_object('key', key) ELSE json_build_object('key', key, 'before', before) END)
      FROM indexer_undo_rows GROUP BY block, table_name;
      DROP TABLE indexer_undo_rows;
      -- Kept for some hundred blocks and seldom read: not worth compressing with every block.
      ALTER TABLE indexer_undo ALTER COLUMN images SET STORAGE EXTERNAL;

      CREATE INDEX chain_events_members ON chain_events (block) WHERE contract = 'MemberRegistry';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX chain_events_members;

      ALTER TABLE indexer_undo RENAME TO indexer_undo_images;
      ALTER INDEX indexer_undo_pkey RENAME TO indexer_undo_images_pkey;
      CREATE TABLE indexer_undo (
        block int8 NOT NULL,
        table_name text NOT NULL,
        key jsonb NOT NULL,
        before jsonb
      );
      CREATE INDEX indexer_undo_block ON indexer_undo (block);
      COMMENT ON TABLE indexer_undo IS 'rows of chain_* tables as they were before the block changed them, null for none';
      INSERT INTO indexer_undo
      SELECT block, table_name, (image -> 'key')::jsonb, (image -> 'before')::jsonb
      FROM indexer_undo_images, json_array_elements(images) image;
      DROP TABLE indexer_undo_images;
    `);
  }
}
