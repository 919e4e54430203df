import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An index that is made anew says what it said before: only if it ends at another block is what was told void. */
export class RebuildsTakeNothingBack1795913000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION note_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.number < OLD.number THEN
            IF NEW.number >= 0 OR NEW.was_number IS NULL THEN
              INSERT INTO event_rewinds (to_block) VALUES (NEW.number);
            END IF;
          ELSIF NEW.was_number IS NULL AND (NEW.number, NEW.hash) IS DISTINCT FROM (OLD.was_number, OLD.was_hash) THEN
            INSERT INTO event_rewinds (to_block) VALUES (-1);
          END IF;
          RETURN NULL;
        END $$;
      DROP TRIGGER indexer_rewinds ON indexer_checkpoint;
      CREATE TRIGGER indexer_rewinds AFTER UPDATE ON indexer_checkpoint
        FOR EACH ROW WHEN (NEW.number < OLD.number OR OLD.was_number IS NOT NULL) EXECUTE FUNCTION note_rewind();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER indexer_rewinds ON indexer_checkpoint;
      CREATE OR REPLACE FUNCTION note_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO event_rewinds (to_block) VALUES (NEW.number);
          RETURN NULL;
        END $$;
      CREATE TRIGGER indexer_rewinds AFTER UPDATE ON indexer_checkpoint
        FOR EACH ROW WHEN (NEW.number < OLD.number) EXECUTE FUNCTION note_rewind();
    `);
  }
}
