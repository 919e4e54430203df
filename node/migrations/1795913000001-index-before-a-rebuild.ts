import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to where the index was told of before it was emptied for a rebuild: whether the chain still has that block is seen once it is indexed again. */
export class IndexBeforeARebuild1795913000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE indexer_checkpoint
        ADD COLUMN was_number int8,
        ADD COLUMN was_hash bytea,
        ADD CHECK ((was_number IS NULL) = (was_hash IS NULL));
      COMMENT ON COLUMN indexer_checkpoint.was_number IS
        'the last indexed block before a rebuild, until it is indexed again; null but during one';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE indexer_checkpoint DROP COLUMN was_number, DROP COLUMN was_hash');
  }
}
