import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents of lenders whose claims rest on an order to a version of it that was proposed. */
export class ChangeConsents1795820000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE order_change_consents (
        order_id bytea,
        object bytea,
        root bytea NOT NULL,
        consent jsonb NOT NULL,
        PRIMARY KEY (order_id, object)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE order_change_consents');
  }
}
