import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Batches of evidence as members anchored them. */
export class Evidence1795386000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_anchors (
        member int4 NOT NULL,
        batch int8 NOT NULL,
        root bytea NOT NULL,
        leaves int8 NOT NULL,
        head bytea NOT NULL,
        anchored_block int8 NOT NULL,
        anchored_at int8 NOT NULL,
        PRIMARY KEY (member, batch)
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chain_anchors');
  }
}
