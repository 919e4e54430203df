import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * News are in the order of PostgreSQL's transactions, which every cluster counts for itself: what is told after the database came to
 * another one is of a later epoch.
 */
export class EventEpochs1795850000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_epoch (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        n int8 NOT NULL,
        cluster text NOT NULL
      );
      COMMENT ON COLUMN event_epoch.cluster IS 'whose transactions the news of this epoch are numbered by';
      -- Recovery to a point in time, too, takes the counter back: it begins a timeline.
      CREATE FUNCTION event_cluster() RETURNS text LANGUAGE plpgsql STABLE AS $$
        BEGIN
          RETURN (SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT timeline_id FROM pg_control_checkpoint());
        EXCEPTION WHEN insufficient_privilege THEN
          RETURN 'unknown';
        END $$;
      INSERT INTO event_epoch (n, cluster) VALUES (0, event_cluster());
      CREATE FUNCTION current_event_epoch() RETURNS int8 LANGUAGE sql STABLE AS 'SELECT n FROM event_epoch';
      ALTER TABLE event_news ADD COLUMN epoch int8 NOT NULL DEFAULT 0;
      ALTER TABLE event_news ALTER COLUMN epoch SET DEFAULT current_event_epoch();
      ALTER TABLE event_news DROP CONSTRAINT event_news_pkey;
      ALTER TABLE event_news ADD PRIMARY KEY (epoch, tx, seq);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_news DROP CONSTRAINT event_news_pkey;
      ALTER TABLE event_news DROP COLUMN epoch;
      ALTER TABLE event_news ADD PRIMARY KEY (tx, seq);
      DROP FUNCTION current_event_epoch, event_cluster;
      DROP TABLE event_epoch;
    `);
  }
}
