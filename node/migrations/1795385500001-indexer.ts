import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the chain is indexed, every event of it, and what it takes to go back. */
export class Indexer1795385500001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_events (
        block int8 NOT NULL,
        log_index int4 NOT NULL,
        block_time int8 NOT NULL,
        tx bytea NOT NULL,
        contract text NOT NULL,
        name text NOT NULL,
        args json NOT NULL,
        object bytea,
        PRIMARY KEY (block, log_index)
      );
      CREATE INDEX chain_events_object ON chain_events (object, block, log_index);

      CREATE TABLE indexer_checkpoint (
        "only" bool PRIMARY KEY DEFAULT true CHECK ("only"),
        number int8 NOT NULL,
        hash bytea NOT NULL,
        timestamp int8 NOT NULL
      );
      COMMENT ON TABLE indexer_checkpoint IS 'the last indexed block; number -1 and no hash before the first';
      INSERT INTO indexer_checkpoint (number, hash, timestamp) VALUES (-1, '', 0);

      CREATE TABLE indexer_blocks (
        number int8 PRIMARY KEY,
        hash bytea NOT NULL,
        timestamp int8 NOT NULL
      );
      COMMENT ON TABLE indexer_blocks IS 'the last indexed blocks, as far back as the index can be rewound';

      CREATE TABLE indexer_undo (
        block int8 NOT NULL,
        table_name text NOT NULL,
        key jsonb NOT NULL,
        before jsonb
      );
      CREATE INDEX indexer_undo_block ON indexer_undo (block);
      COMMENT ON TABLE indexer_undo IS 'rows of chain_* tables as they were before the block changed them, null for none';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE indexer_undo, indexer_blocks, indexer_checkpoint, chain_events');
  }
}
