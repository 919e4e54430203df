import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MAKE_DEFERRED_INDEXES } from '../src/database/deferred-indexes.js';

/** Indexes that are made once the rows are in. */
export class DeferredIndexes1795890000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deferred_indexes (
        name text PRIMARY KEY,
        definition text NOT NULL
      );
      COMMENT ON TABLE deferred_indexes IS 'indexes of chain_* tables that were dropped for a backlog and are made again at its end'
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(MAKE_DEFERRED_INDEXES);
    await runner.query('DROP TABLE deferred_indexes');
  }
}
