import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A lender that finances a receivable twice gives notice twice, under one account: each notice has a row of its own. */
export class Notices1795850000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE receivable_notices DROP CONSTRAINT receivable_notices_pkey;
      ALTER TABLE receivable_notices ADD PRIMARY KEY (receivable, root);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM receivable_notices a USING receivable_notices b
      WHERE a.receivable = b.receivable AND a.account = b.account AND a.ctid < b.ctid;
      ALTER TABLE receivable_notices DROP CONSTRAINT receivable_notices_pkey;
      ALTER TABLE receivable_notices ADD PRIMARY KEY (receivable, account);
    `);
  }
}
