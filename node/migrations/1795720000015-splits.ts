import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Splits on their way between holder, new holders and obligor, and who holds parts. */
export class Splits1795720000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE receivable_splits (
        id bytea PRIMARY KEY,
        side text NOT NULL,
        receivable bytea NOT NULL,
        proposer bigint NOT NULL,
        status text NOT NULL,
        parts jsonb NOT NULL,
        cover_version bigint NOT NULL,
        expires_at bigint NOT NULL,
        consent jsonb,
        refusal jsonb,
        created_at bigint NOT NULL,
        changed_at bigint NOT NULL,
        version integer NOT NULL
      );
      CREATE INDEX receivable_splits_receivable ON receivable_splits (receivable);
      CREATE INDEX receivable_splits_parts ON receivable_splits USING gin (parts jsonb_path_ops);
      COMMENT ON COLUMN receivable_splits.expires_at IS 'last second, by block time, at which its consents are good';

      CREATE TABLE receivable_part_holders (
        receivable bytea NOT NULL,
        account bytea NOT NULL,
        member bigint NOT NULL,
        PRIMARY KEY (receivable, account)
      );
      CREATE INDEX receivable_part_holders_member ON receivable_part_holders (member);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE receivable_splits, receivable_part_holders');
  }
}
