import type { MigrationInterface, QueryRunner } from 'typeorm';

const ENCUMBRANCES = ['chain_encumbrances', 'chain_past_encumbrances'];

/** Parts of splits, instalments, marks and statements of receivables, and what else becomes of a lender's claim. */
export class SplitsAndDefaults1795389600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chain_receivables
        ADD COLUMN marks integer NOT NULL DEFAULT 0,
        ADD COLUMN instalment integer NOT NULL DEFAULT 0,
        ADD COLUMN instalments integer NOT NULL DEFAULT 0,
        ADD COLUMN parent bytea,
        ADD COLUMN part bigint;
      CREATE INDEX chain_receivables_parent ON chain_receivables (parent) WHERE parent IS NOT NULL;

      CREATE TABLE chain_statements (
        receivable bytea NOT NULL,
        entry bigint NOT NULL,
        kind text NOT NULL,
        commitment bytea NOT NULL,
        by bytea,
        made jsonb NOT NULL,
        PRIMARY KEY (receivable, entry)
      );
    `);
    for (const table of ENCUMBRANCES) {
      await runner.query(`
        ALTER TABLE ${table}
          ADD COLUMN rolled_over_to bytea,
          ADD COLUMN contest bytea,
          ADD COLUMN recourse bytea,
          ADD COLUMN release_demand bytea,
          ADD COLUMN overrulable_from bigint,
          ADD COLUMN contested jsonb,
          ADD COLUMN recourse_called jsonb,
          ADD COLUMN release_demanded jsonb;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ENCUMBRANCES) {
      await runner.query(`
        ALTER TABLE ${table}
          DROP COLUMN rolled_over_to,
          DROP COLUMN contest,
          DROP COLUMN recourse,
          DROP COLUMN release_demand,
          DROP COLUMN overrulable_from,
          DROP COLUMN contested,
          DROP COLUMN recourse_called,
          DROP COLUMN release_demanded;
      `);
    }
    await runner.query(`
      DROP TABLE chain_statements;
      ALTER TABLE chain_receivables
        DROP COLUMN marks,
        DROP COLUMN instalment,
        DROP COLUMN instalments,
        DROP COLUMN parent,
        DROP COLUMN part;
    `);
  }
}
