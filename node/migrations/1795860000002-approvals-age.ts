import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approvals are listed by an index, and what is over holds no body. */
export class ApprovalsAge1795860000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE approvals SET content = NULL WHERE status NOT IN ('PENDING', 'APPROVED') OR expires_at <= now();
      UPDATE approvals SET requested_at = date_trunc('milliseconds', requested_at);
      ALTER TABLE approvals ALTER COLUMN requested_at SET DEFAULT date_trunc('milliseconds', now());
      COMMENT ON COLUMN approvals.requested_at IS 'in whole milliseconds, as cursors of lists have it';
      DROP INDEX approvals_list;
      CREATE INDEX approvals_list ON approvals (requested_at DESC, id DESC);
      CREATE INDEX approvals_pending ON approvals (requested_at DESC, id DESC) WHERE status = 'PENDING';
      CREATE INDEX approvals_age ON approvals (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX approvals_list, approvals_pending, approvals_age;
      ALTER TABLE approvals ALTER COLUMN requested_at SET DEFAULT now();
      CREATE INDEX approvals_list ON approvals (requested_at DESC, id);
    `);
  }
}
