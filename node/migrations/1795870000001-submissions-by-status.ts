import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists submissions by status. Nearly all are included, and are found newest first by `seq`: they need no entry. */
export class SubmissionsByStatus1795870000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX submissions_by_status ON submissions (status, seq) WHERE status <> 'INCLUDED'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX submissions_by_status');
  }
}
