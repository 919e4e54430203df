import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a command was about when its approval was asked for. */
export class ApprovalsAbout1795897000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE approvals
        ADD COLUMN command bytea NOT NULL DEFAULT '', -- the release before, which still runs beside, names none
        ADD COLUMN about jsonb NOT NULL DEFAULT '[]';
      UPDATE approvals SET command = digest;
      COMMENT ON COLUMN approvals.command IS 'of caller, route and bytes';
      COMMENT ON COLUMN approvals.digest IS 'of the command and what it is about: the same again finds its approval';
      CREATE INDEX approvals_command ON approvals (command) WHERE status = 'APPROVED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM approvals WHERE status IN ('PENDING', 'APPROVED') AND digest <> command;
      ALTER TABLE approvals DROP COLUMN command, DROP COLUMN about;
    `);
  }
}
