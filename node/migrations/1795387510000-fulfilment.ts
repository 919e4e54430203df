import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Fulfilment logs. */
export class Fulfilment1795387510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_milestones (
        order_id bytea,
        entry bytea,
        position bigint NOT NULL,
        kind integer NOT NULL,
        author bigint NOT NULL,
        commitment bytea NOT NULL,
        supersedes bytea NOT NULL,
        origin bytea NOT NULL,
        recorded_at bigint NOT NULL,
        head bytea NOT NULL,
        block bigint NOT NULL,
        log_index integer NOT NULL,
        tx bytea NOT NULL,
        PRIMARY KEY (order_id, entry)
      );
      CREATE INDEX chain_milestones_position ON chain_milestones (order_id, position);
      CREATE INDEX chain_milestones_commitment ON chain_milestones (commitment);

      CREATE TABLE milestone_postings (
        root bytea PRIMARY KEY,
        order_id bytea NOT NULL,
        kind integer NOT NULL,
        sha256 bytea NOT NULL,
        submission_id uuid NOT NULL
      );
      CREATE INDEX milestone_postings_document ON milestone_postings (order_id, kind, sha256);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE milestone_postings, chain_milestones');
  }
}
