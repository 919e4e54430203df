import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a holder has shown its lender, and how cover and advance stood when a financing was last looked at. */
export class FinancingWatches1795633000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE financing_shown (
        financing bytea NOT NULL REFERENCES financings,
        root bytea NOT NULL,
        PRIMARY KEY (financing, root)
      );
      COMMENT ON TABLE financing_shown IS 'at the holder: the commitments of which the lender was sent an opening';
      CREATE TABLE financing_watches (
        financing bytea PRIMARY KEY REFERENCES financings,
        waiting bool NOT NULL,
        covered_block int8,
        covered_log int4,
        shortfall text,
        causes jsonb NOT NULL DEFAULT '[]'
      );
      COMMENT ON COLUMN financing_watches.waiting IS 'to be looked at again though the chain says nothing new of it';
      COMMENT ON COLUMN financing_watches.covered_block IS 'the last event of its lineage at which cover reached the advance';
      CREATE INDEX financing_watches_waiting ON financing_watches (financing) WHERE waiting;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE financing_watches, financing_shown');
  }
}
