import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access grants as the chain has them. */
export class Grants1795386000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_grants (
        grant_id bytea PRIMARY KEY,
        maker bytea NOT NULL,
        commitment bytea NOT NULL,
        made_block int8 NOT NULL,
        made_at int8 NOT NULL,
        revoked_block int8,
        revoked_at int8
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chain_grants');
  }
}
