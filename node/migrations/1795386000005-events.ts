import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the event stream tells beside chain_events: this node's own news, and that the index went back. */
export class Events1795386000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_news (
        seq int8 GENERATED ALWAYS AS IDENTITY,
        tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
        type text NOT NULL,
        object bytea,
        data jsonb NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tx, seq)
      );
      CREATE TABLE event_rewinds (
        seq int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        to_block int8 NOT NULL,
        at timestamptz NOT NULL DEFAULT now()
      );
      COMMENT ON TABLE event_rewinds IS
        'each time that the index went back: events above the block were told and are void. One writer: the indexer';
      CREATE FUNCTION note_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO event_rewinds (to_block) VALUES (NEW.number);
          RETURN NULL;
        END $$;
      -- In the indexer's own transaction, so that no reader sees the one without the other.
      CREATE TRIGGER indexer_rewinds AFTER UPDATE ON indexer_checkpoint
        FOR EACH ROW WHEN (NEW.number < OLD.number) EXECUTE FUNCTION note_rewind();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER indexer_rewinds ON indexer_checkpoint;
      DROP FUNCTION note_rewind;
      DROP TABLE event_rewinds, event_news;
    `);
  }
}
