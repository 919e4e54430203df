import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Evidence that comes in several letters: whether a lender has what it takes to judge it, and what a holder has shown so far. */
export class EvidenceInPortions1795899600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE financings ADD COLUMN evidence_awaited bool NOT NULL DEFAULT false;
      COMMENT ON COLUMN financings.evidence_awaited IS 'at the lender: documents without which the claim cannot be judged have not come';
      ALTER TABLE financing_shown ADD COLUMN items bool NOT NULL DEFAULT false;
      COMMENT ON COLUMN financing_shown.items IS 'what is traded was shown too, since lines meet by nothing else';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE financing_shown DROP COLUMN items;
      ALTER TABLE financings DROP COLUMN evidence_awaited;
    `);
  }
}
